package coffer.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short way to write policies in tests:
 *
 * <pre>
 *   [sid=name] allow|deny [who,who] action,action resource,resource [if operator key value,value [and ...]] ; ...
 * </pre>
 *
 * <p>Whom a statement is about is left out for policies of users. Actions get the prefix {@code name/cos:} unless they have
 * one; a resource that begins with a slash lies in the bucket {@code album-1300000007}.
 */
final class StatementNotation {
    private StatementNotation() {}

    static String json(String policy) {
        String statements = Arrays.stream(policy.split(";", -1))
                .map(String::strip)
                .map(StatementNotation::statement)
                .collect(Collectors.joining(","));
        return "{\"version\":\"2.0\",\"statement\":[" + statements + "]}";
    }

    private static String statement(String text) {
        String[] parts = text.split(" if ", 2);
        List<String> words = new ArrayList<>(List.of(parts[0].split(" +", -1)));
        List<String> members = new ArrayList<>();
        if (words.getFirst().startsWith("sid=")) {
            members.add("\"sid\":" + quoted(words.removeFirst().substring(4)));
        }
        members.add("\"effect\":" + quoted(words.removeFirst()));
        if (words.size() == 3) {
            members.add("\"principal\":" + principal(words.removeFirst()));
        }
        members.add("\"action\":" + list(words.get(0), StatementNotation::action));
        members.add("\"resource\":" + list(words.get(1), StatementNotation::resource));
        if (parts.length == 2) {
            members.add("\"condition\":{" + conditions(parts[1]) + "}");
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String principal(String names) {
        return names.equals("*")
                ? "\"*\""
                : "{\"qcs\":" + list(names, name -> AccessTable.IDS.getOrDefault(name, name)) + "}";
    }

    private static String action(String action) {
        return action.contains(":") || action.contains("/") || action.equals("*") ? action : "name/cos:" + action;
    }

    private static String resource(String resource) {
        return resource.startsWith("/") ? "qcs::cos:ap-nanjing:uid/1300000007:album-1300000007" + resource : resource;
    }

    private static String conditions(String text) {
        return Arrays.stream(text.split(" and "))
                .map(condition -> condition.strip().split(" +", -1))
                .map(words -> quoted(words[0]) + ":{" + quoted(words[1]) + ":" + list(words[2], value -> value) + "}")
                .collect(Collectors.joining(","));
    }

    private static String list(String words, java.util.function.UnaryOperator<String> meaning) {
        return Arrays.stream(words.split(",", -1))
                .map(meaning)
                .map(StatementNotation::quoted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
