package coffer.conformance.process;

import coffer.conformance.CofferProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;

/** Asks the admin port of a server what a monitoring system asks. */
record Monitor(HttpClient client, String url) {
    static Monitor of(CofferProcess server) {
        return new Monitor(HttpClient.newHttpClient(), server.adminUrl());
    }

    /** Status, a blank, and the body. */
    String get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "none " + e;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** The values of all series whose line begins so, summed up. */
    static double sum(String metrics, String begin) {
        return lines(metrics).stream()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    static List<String> lines(String metrics) {
        return Arrays.stream(metrics.split("\n", -1)).toList();
    }
}
