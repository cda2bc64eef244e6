package coffer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be measured. Each connection follows a script of its own; all share the objects. */
enum Workload {
    /** Objects read whole, in turn, each byte compared by checksum. */
    GET(true, true) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            return cycle(objects.gets(target), connection);
        }
    },
    /** The same by HEAD. */
    HEAD(false, true) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            return cycle(objects.heads(target), connection);
        }
    },
    /** GET of keys that are not there. */
    ABSENT(false, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            return cycle(objects.absent(target), connection);
        }
    },
    /** Objects written over, in turn. */
    PUT(true, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            return cycle(objects.puts(target), connection);
        }
    },
    /** Objects deleted; each is put before, which does not count. */
    DELETE(false, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            String key = "delete/" + connection;
            Shot put = objects.put(target, key, connection).timed(Shot.Timing.NONE);
            Shot delete = deletion(target, key);
            boolean[] there = new boolean[1];
            return _ -> {
                there[0] = !there[0];
                return Optional.of(there[0] ? put : delete);
            };
        }
    },
    /** Pages of 1,000 keys from random places. */
    LIST(false, true) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            Random random = new Random(connection);
            List<Shot> pages = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String marker = objects.key(random.nextInt(objects.count()));
                pages.add(Shot.of(target.head(
                        "GET", "", new TreeMap<>(Map.of("prefix", "o/", "max-keys", "1000", "marker", marker)), 0)));
            }
            return cycle(pages, connection);
        }
    },
    /** Pages of 1,000 keys of which each has one version. */
    SINGLES(false, true) {
        @Override
        Shot preparation(Target target, Objects objects, int object) {
            return objects.put(target, "s/" + objects.key(object), object);
        }

        @Override
        Script script(Target target, Objects objects, int connection) {
            return versionPages(target, "s/", objects, objects.count(), connection);
        }
    },
    /** Pages of 1,000 versions of one key. */
    VERSIONS(false, true) {
        @Override
        Shot preparation(Target target, Objects objects, int object) {
            return objects.put(target, "v/" + objects.key(object % keys(objects)), object);
        }

        @Override
        Script script(Target target, Objects objects, int connection) {
            return versionPages(target, "v/", objects, keys(objects), connection);
        }

        private static int keys(Objects objects) {
            return Math.max(1, objects.count() / 1000);
        }
    },
    /** Pages of 1,000 delete markers, each of a key of its own. */
    MARKERS(false, true) {
        @Override
        Shot preparation(Target target, Objects objects, int object) {
            return deletion(target, "m/" + objects.key(object));
        }

        @Override
        Script script(Target target, Objects objects, int connection) {
            return versionPages(target, "m/", objects, objects.count(), connection);
        }
    },
    /** 1,000 objects deleted by one request; that they are put and listed before does not count. */
    PURGE(false, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            String prefix = "purge/" + connection + "/";
            return new PurgeScript(
                    target,
                    purged(objects),
                    object -> objects.put(target, prefix + objects.key(object), object),
                    Map.of("prefix", prefix));
        }
    },
    /** The same with 1,000 versions of one key. */
    PURGE_VERSIONS(false, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            String key = "purge-versions/" + connection;
            return new PurgeScript(
                    target,
                    purged(objects),
                    object -> objects.put(target, key, object),
                    Map.of("prefix", key, "versions", ""));
        }
    },
    /** The same with 1,000 delete markers, each of a key of its own. */
    PURGE_MARKERS(false, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            String prefix = "purge-markers/" + connection + "/";
            return new PurgeScript(
                    target,
                    purged(objects),
                    object -> deletion(target, prefix + objects.key(object)),
                    Map.of("prefix", prefix, "versions", ""));
        }
    },
    /** Uploads in four parts; one upload, from its initiation to its completion, is one operation. */
    MULTIPART(true, false) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            return new MultipartScript(target, objects.payload(), "multipart/" + connection);
        }
    },
    /** 45% GET, 30% HEAD, 15% PUT, 10% DELETE of an object put before. */
    MIXED(false, true) {
        @Override
        Script script(Target target, Objects objects, int connection) {
            Random random = new Random(connection);
            Script get = GET.script(target, objects, connection);
            Script head = HEAD.script(target, objects, connection);
            Script put = PUT.script(target, objects, connection);
            Script delete = DELETE.script(target, objects, connection);
            boolean[] deleting = new boolean[1];
            return answer -> {
                if (deleting[0]) {
                    deleting[0] = false;
                    return delete.next(answer);
                }
                int percent = random.nextInt(100);
                if (percent < 45) {
                    return get.next(answer);
                } else if (percent < 75) {
                    return head.next(answer);
                } else if (percent < 90) {
                    return put.next(answer);
                }
                deleting[0] = true;
                return delete.next(answer);
            };
        }
    };

    private final boolean movesBytes;
    private final boolean needsPreparation;

    Workload(boolean movesBytes, boolean needsPreparation) {
        this.movesBytes = movesBytes;
        this.needsPreparation = needsPreparation;
    }

    /** Whether bytes a second say something about it. */
    boolean movesBytes() {
        return movesBytes;
    }

    /** Whether there must be something before. */
    boolean needsPreparation() {
        return needsPreparation;
    }

    /** Makes one of what must be there before. */
    Shot preparation(Target target, Objects objects, int object) {
        return objects.put(target, object);
    }

    /** Whether it is measured in a bucket that keeps versions. */
    boolean isVersioned() {
        return switch (this) {
            case SINGLES, VERSIONS, MARKERS, PURGE_VERSIONS, PURGE_MARKERS -> true;
            default -> false;
        };
    }

    /** What one connection asks. */
    abstract Script script(Target target, Objects objects, int connection);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One shot after another, connections beginning in different places. */
    private static Script cycle(List<Shot> shots, int connection) {
        AtomicInteger next = new AtomicInteger(connection * 7919);
        return _ -> Optional.of(shots.get(Math.floorMod(next.getAndIncrement(), shots.size())));
    }

    private static int purged(Objects objects) {
        return Math.min(1000, objects.count());
    }

    private static Shot deletion(Target target, String key) {
        return Shot.of(target.head("DELETE", key, 0)).expecting(204).withoutAnswerBody();
    }

    /** Pages of versions from behind random ones of the first keys. */
    private static Script versionPages(Target target, String prefix, Objects objects, int keys, int connection) {
        Random random = new Random(connection);
        List<Shot> pages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int key = random.nextInt(keys);
            String marker = key == 0 ? "" : prefix + objects.key(key - 1);
            Map<String, String> query =
                    Map.of("versions", "", "prefix", prefix, "max-keys", "1000", "key-marker", marker);
            pages.add(Shot.of(target.head("GET", "", new TreeMap<>(query), 0)));
        }
        return cycle(pages, connection);
    }
}
