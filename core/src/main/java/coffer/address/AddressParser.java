package coffer.address;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what a request is addressed to from its target and its Host, never from the socket. Hosts of COS's own shapes
 * are understood under any suffix, so that a client with real COS names works as soon as its bytes reach this server.
 * Thread-safe. Source: COS docs, "Regions and Access Endpoints"; old region names: the Python SDK.
 */
public final class AddressParser {
    private static final Map<String, String> OLD_REGIONS = Map.of(
            "cossh", "ap-shanghai",
            "cosgz", "ap-guangzhou",
            "cosbj", "ap-beijing",
            "costj", "ap-beijing-1",
            "coscd", "ap-chengdu",
            "cossgp", "ap-singapore",
            "coshk", "ap-hongkong",
            "cosca", "na-toronto",
            "cosger", "eu-frankfurt");

    private static final String S3 = "s3";
    private static final String S3_WEBSITE = "s3-website";
    private static final Pattern SIGNATURE = Pattern.compile("(^|&)(q-signature|X-Amz-Signature|Signature)=");

    private final List<String> suffixes;
    private final List<String> regions;
    private final CustomDomains domains;

    /** One that knows no domains of users. */
    public AddressParser(List<String> hostSuffixes, List<String> regions) {
        this(hostSuffixes, regions, CustomDomains.NONE);
    }

    /**
     * @param hostSuffixes further suffixes behind which buckets are labels, for instance {@code cos.local}
     * @param regions the regions served
     * @param domains asked last, about hosts that would name no bucket otherwise
     */
    public AddressParser(List<String> hostSuffixes, List<String> regions, CustomDomains domains) {
        this.regions = List.copyOf(regions);
        this.domains = domains;
        List<String> dotted = new ArrayList<>();
        hostSuffixes.forEach(suffix -> dotted.add("." + suffix.toLowerCase(Locale.ROOT)));
        this.suffixes = List.copyOf(dotted);
    }

    /**
     * Reads an address.
     *
     * @throws CosException {@code InvalidURI} if the path is not decodable
     */
    public Address parse(HttpRequest request) {
        Target target = Target.of(request.target());
        String host = host(request, target);
        String path = PercentCode.decodePath(target.path);
        if (!path.startsWith("/")) {
            throw CosError.INVALID_URI.because("The request target must begin with /.");
        }
        return address(request, host, path);
    }

    /** Whether a request is for a website, whatever its path is. */
    public boolean isForWebsite(HttpRequest request) {
        String host = host(request, Target.of(request.target()));
        return address(request, host, "/").kind() == Address.Kind.WEBSITE;
    }

    private static String host(HttpRequest request, Target target) {
        return target.authority.or(() -> request.headers().first("Host")).orElse("");
    }

    /** What follows the {@code ?} of a request target, empty if there is none. */
    public static String rawQuery(HttpRequest request) {
        int mark = request.target().indexOf('?');
        return mark < 0 ? "" : request.target().substring(mark + 1);
    }

    /** The path of a request target as it travelled. */
    public static String rawPath(HttpRequest request) {
        return Target.of(request.target()).path;
    }

    private Address address(HttpRequest request, String host, String path) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        String[] labels = name.split("\\.", -1);
        if (labels.length > 1 && !isIpAddress(name)) {
            int s3 = s3Label(labels);
            if (s3 >= 0) {
                return labels[s3].equals(S3) ? s3Host(labels, s3, host, path) : s3WebsiteHost(labels, s3, host, path);
            }
            if (Address.hasAppId(labels[0]) || isShortName(labels)) {
                return bucketHost(labels, host, path);
            }
            Optional<Address> other = otherHost(labels, host, path);
            if (other.isPresent()) {
                return other.get();
            }
            for (String suffix : suffixes) {
                if (name.endsWith(suffix) && !name.equals("service" + suffix)) {
                    String bucket = name.substring(0, name.length() - suffix.length());
                    return new Address(
                            Address.Kind.BUCKET,
                            Optional.of(firstLabel(bucket)),
                            Optional.empty(),
                            host,
                            path,
                            path.substring(1));
                }
            }
            Optional<String> website = domains.website(name);
            if (website.isPresent() && !suffixes.contains("." + name) && !isSigned(request)) {
                return website(website.get(), Optional.empty(), host, path);
            }
        }
        return pathStyle(Optional.empty(), host, path);
    }

    /**
     * Where the label is that parts the bucket from the domain, {@code s3} or, behind a bucket, {@code s3-website} with the
     * region behind it or not; -1 without one. Buckets may have it in their name.
     */
    private static int s3Label(String[] labels) {
        for (int i = labels.length - 2; i >= 0; i--) {
            String label = labels[i];
            if (label.startsWith(S3) && (label.length() == S3.length() || (i > 0 && isS3Website(label)))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isS3Website(String label) {
        return label.equals(S3_WEBSITE) || label.startsWith(S3_WEBSITE + "-");
    }

    /** {@code <bucket>.s3-website.<region>.<suffix>}, in older regions with a hyphen before the region. */
    private Address s3WebsiteHost(String[] labels, int s3, String host, String path) {
        String label = labels[s3];
        String named = label.length() > S3_WEBSITE.length() ? label.substring(S3_WEBSITE.length() + 1) : labels[s3 + 1];
        String bucket = String.join(".", List.of(labels).subList(0, s3));
        return website(bucket, Optional.of(named).filter(regions::contains), host, path);
    }

    private static Address website(String bucket, Optional<String> region, String host, String path) {
        return new Address(Address.Kind.WEBSITE, Optional.of(bucket), region, host, path, path.substring(1));
    }

    /**
     * Whether a request is none of a browser. The owner of a bucket may give it any domain, also one by which others reach
     * this server; their clients, who sign and have the bucket in the path, are still understood.
     */
    private static boolean isSigned(HttpRequest request) {
        return request.headers().first("Authorization").isPresent()
                || SIGNATURE.matcher(rawQuery(request)).find();
    }

    /** {@code [<bucket>.]s3[.dualstack][.<region>].<suffix>}; S3 clients name buckets without APPID, perhaps with dots. */
    private Address s3Host(String[] labels, int s3, String host, String path) {
        int next = labels[s3 + 1].equals("dualstack") ? s3 + 2 : s3 + 1;
        // The region that the client believes in is in its signature; a name that is not served here selects nothing.
        Optional<String> region = Optional.of(labels[Math.min(next, labels.length - 1)])
                .filter(label -> next < labels.length - 1 && regions.contains(label));
        if (s3 == 0) {
            return pathStyle(region, host, path);
        }
        String bucket = String.join(".", List.of(labels).subList(0, s3));
        return new Address(Address.Kind.BUCKET, Optional.of(bucket), region, host, path, path.substring(1));
    }

    /** {@code <bucket>.cos.<region>.<suffix>}, also a website, with a bucket as S3 clients name it, without APPID. */
    private boolean isShortName(String[] labels) {
        return labels.length > 3
                && (labels[1].equals("cos") || labels[1].equals("cos-website"))
                && !labels[0].equals("service")
                && region(labels[2]).isPresent();
    }

    private Address bucketHost(String[] labels, String host, String path) {
        Address.Kind kind = switch (labels[1]) {
            case "cos-website" -> Address.Kind.WEBSITE;
            case "ci", "pic" -> Address.Kind.DATA_PROCESSING;
            default -> Address.Kind.BUCKET;
        };
        boolean regional = labels[1].equals("cos")
                || labels[1].equals("cos-internal")
                || labels[1].equals("cos-dualstack")
                || kind != Address.Kind.BUCKET;
        Optional<String> region = regional && labels.length > 3 ? region(labels[2]) : Optional.empty();
        return new Address(kind, Optional.of(labels[0]), region, host, path, path.substring(1));
    }

    private Optional<Address> otherHost(String[] labels, String host, String path) {
        if (labels.length > 2 && labels[1].equals("cos-control")) {
            return Optional.of(new Address(
                    Address.Kind.CONTROL, Optional.empty(), region(labels[2]), host, path, path.substring(1)));
        }
        if (labels.length > 2 && labels[1].equals("migration")) {
            Address named = pathStyle(region(labels[0]), host, path);
            return Optional.of(
                    new Address(Address.Kind.MIGRATION, named.bucket(), named.region(), host, path, named.key()));
        }
        if (labels.length > 2 && labels[0].equals("service") && labels[1].equals("cos")) {
            return Optional.of(pathStyle(Optional.empty(), host, path));
        }
        if (labels.length > 2 && (labels[0].equals("cos") || labels[0].equals("cos-internal"))) {
            return Optional.of(pathStyle(region(labels[1]), host, path));
        }
        return Optional.empty();
    }

    private static Address pathStyle(Optional<String> region, String host, String path) {
        if (path.equals("/")) {
            return new Address(Address.Kind.SERVICE, Optional.empty(), region, host, path, "");
        }
        int slash = path.indexOf('/', 1);
        String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        return new Address(Address.Kind.BUCKET, Optional.of(bucket), region, host, path, key);
    }

    /**
     * Regions have a hyphen in their name, or are served here. Other labels in their place name none: the
     * {@code accelerate} of COS, or {@code example} in a private {@code <bucket>.cos.example.com}.
     */
    private Optional<String> region(String label) {
        String region = OLD_REGIONS.getOrDefault(label, label);
        return region.contains("-") || regions.contains(region) ? Optional.of(region) : Optional.empty();
    }

    private static boolean isIpAddress(String name) {
        return name.startsWith("[") || name.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    private static String firstLabel(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    /** A request target taken apart; the authority is there only in absolute form, as proxies get it. */
    private record Target(Optional<String> authority, String path) {
        static Target of(String target) {
            int mark = target.indexOf('?');
            String withoutQuery = mark < 0 ? target : target.substring(0, mark);
            int scheme = withoutQuery.indexOf("://");
            if (withoutQuery.startsWith("/") || scheme < 0) {
                return new Target(Optional.empty(), withoutQuery);
            }
            String rest = withoutQuery.substring(scheme + 3);
            int slash = rest.indexOf('/');
            return slash < 0
                    ? new Target(Optional.of(rest), "/")
                    : new Target(Optional.of(rest.substring(0, slash)), rest.substring(slash));
        }
    }
}
