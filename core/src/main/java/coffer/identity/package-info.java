/** Who somebody is: accounts, keys, callers. Values only. */
@NullMarked
package coffer.identity;

import org.jspecify.annotations.NullMarked;
