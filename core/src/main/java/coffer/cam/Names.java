package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/** Lists of names in records and in memory. */
final class Names {
    private Names() {}

    static RecordWriter write(RecordWriter out, List<String> names) {
        out.number(names.size());
        names.forEach(out::text);
        return out;
    }

    static List<String> read(RecordReader in) {
        int size = in.count();
        List<String> names = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            names.add(in.text());
        }
        return names;
    }

    static List<String> with(List<String> names, String more) {
        List<String> changed = new ArrayList<>(names);
        if (!changed.contains(more)) {
            changed.add(more);
        }
        return changed;
    }

    static List<String> without(List<String> names, String less) {
        return names.stream().filter(name -> !name.equals(less)).toList();
    }
}
