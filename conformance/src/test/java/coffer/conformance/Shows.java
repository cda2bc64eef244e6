package coffer.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which operations the tests of a class show to work; the table in docs/compatibility.md names the class for them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface Shows {
    /** Names as the table has them. */
    String[] value();
}
