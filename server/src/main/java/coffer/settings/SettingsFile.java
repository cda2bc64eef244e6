package coffer.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A configuration file, in YAML 1.2: one level of keys, whose values are single ones or lists of such. */
public final class SettingsFile {
    private final Path path;
    private final Map<String, Setting> settings;

    private SettingsFile(Path path, Map<String, Setting> settings) {
        this.path = path;
        this.settings = settings;
    }

    /**
     * Reads a file.
     *
     * @param keys those that it may have
     * @throws SettingsException if it cannot be read, is no YAML, or has other keys or other kinds of values than it may have
     */
    public static SettingsFile read(Path path, Collection<SettingKey> keys) throws SettingsException {
        Reading reading = new Reading(path, keys);
        Map<String, Setting> settings = new LinkedHashMap<>();
        try {
            LoadSettings options =
                    LoadSettings.builder().setLabel(path.toString()).build();
            Optional<Node> root = new Compose(options).composeString(Files.readString(path));
            if (root.isPresent()) {
                settings.putAll(reading.settings(root.get()));
            }
        } catch (NoSuchFileException e) {
            reading.problems.add("There is no configuration file " + path + ".");
        } catch (CharacterCodingException e) {
            reading.problems.add(path + ": is not UTF-8.");
        } catch (IOException e) {
            reading.problems.add("The configuration file " + path + " cannot be read: " + e + ".");
        } catch (MarkedYamlEngineException e) {
            reading.report(e.getProblemMark(), "is no YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            reading.problems.add(path + ": is no YAML: " + e.getMessage());
        }
        if (!reading.problems.isEmpty()) {
            throw new SettingsException(reading.problems);
        }
        return new SettingsFile(path, settings);
    }

    /** What it says about a key. */
    public Optional<Setting> get(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** All that it says, in its order. */
    public List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    /** The file and the line of a setting, as people are told it. */
    public String place(Setting setting) {
        return path + ", line " + setting.line();
    }

    /** A path of the file: one that is not absolute starts at the file's folder. */
    public Path resolve(String text) {
        return path.toAbsolutePath().resolveSibling(text).normalize();
    }

    /** A text as it is written in such a file: on one line, in quotes where YAML would understand it in another way. */
    public static String quoted(String text) {
        DumpSettings options =
                DumpSettings.builder().setWidth(Integer.MAX_VALUE).build();
        return new Dump(options).dumpToString(text).strip();
    }

    /** Collects what is wrong on the way, so that all of it is told at once. */
    private static final class Reading {
        private final Path path;
        private final Map<String, SettingKey> keys;
        private final List<String> problems = new ArrayList<>();

        Reading(Path path, Collection<SettingKey> keys) {
            this.path = path;
            this.keys = keys.stream().collect(Collectors.toMap(SettingKey::name, Function.identity()));
        }

        Map<String, Setting> settings(Node root) {
            Map<String, Setting> settings = new LinkedHashMap<>();
            if (!(root instanceof MappingNode mapping)) {
                report(root.getStartMark(), "must have lines of the form KEY: VALUE.");
                return settings;
            }
            for (NodeTuple tuple : mapping.getValue()) {
                Optional<Setting> read = setting(tuple.getKeyNode(), tuple.getValueNode());
                read.ifPresent(setting -> {
                    Setting before = settings.putIfAbsent(setting.key(), setting);
                    if (before != null) {
                        report(
                                tuple.getKeyNode().getStartMark(),
                                setting.key() + " stands in line " + before.line()
                                        + " already: leave one of them out.");
                    }
                });
            }
            return settings;
        }

        private Optional<Setting> setting(Node keyNode, Node value) {
            Optional<Mark> mark = keyNode.getStartMark();
            String name = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            SettingKey key = keys.get(name);
            if (key == null) {
                report(mark, "'" + name + "' is no key of Coffer." + hint(name));
                return Optional.empty();
            }
            List<String> values = switch (value) {
                case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> List.of();
                case ScalarNode scalar -> List.of(scalar.getValue());
                case SequenceNode list when key.takesList() -> list(name, list);
                case SequenceNode _ -> {
                    report(mark, name + " takes one value, not a list.");
                    yield List.of("");
                }
                default -> {
                    report(mark, name + " takes a value, not further keys: all keys stand at the start of a line.");
                    yield List.of("");
                }
            };
            if (values.isEmpty()) {
                report(mark, name + " has no value: write one, or leave the line out for the default.");
            }
            return Optional.of(new Setting(name, values, line(mark)));
        }

        private List<String> list(String name, SequenceNode list) {
            List<String> values = new ArrayList<>();
            for (Node node : list.getValue()) {
                if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                    values.add(scalar.getValue());
                } else {
                    report(node.getStartMark(), name + " is a list of single values.");
                    return List.of("");
                }
            }
            return values;
        }

        private String hint(String name) {
            if (keys.containsKey(name.replace('_', '-') + "-file")) {
                return " Secrets stand in files of their own: write " + name.replace('_', '-') + "-file: FILE.";
            }
            return Spelling.nearest(name, keys.keySet())
                    .map(nearest -> " Did you mean " + nearest + "?")
                    .orElse("");
        }

        void report(Optional<Mark> mark, String sentence) {
            problems.add(path + ", line " + line(mark) + ": " + sentence);
        }

        private static int line(Optional<Mark> mark) {
            return mark.map(Mark::getLine).orElse(0) + 1;
        }
    }
}
