package coffer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description is made of the table; this holds that it says all of it, and that the table fits together. */
class OpenApiTest {
    private static final JsonNode DOCUMENT = Json.tree(Json.text(OpenApi.document()));

    @Test
    void everyOperationIsDescribed() {
        for (AdminOperation operation : AdminOperation.values()) {
            JsonNode described = DOCUMENT.path("paths")
                    .path(operation.route().template())
                    .path(operation.route().method().toLowerCase(Locale.ROOT));
            assertThat(described.path("operationId").asString()).isEqualTo(operation.title());
            assertThat(described.path("summary").asString())
                    .isEqualTo(operation.summary())
                    .endsWith(".");
            assertThat(described.path("responses").has("default")).isTrue();
            List<String> parameters = new ArrayList<>();
            described
                    .path("parameters")
                    .forEach(parameter -> parameters.add(parameter.path("name").asString()));
            List<String> expected = new ArrayList<>(operation.route().variables());
            expected.addAll(operation.route().parameters());
            assertThat(parameters).isEqualTo(expected);
        }
    }

    @Test
    void noTwoOperationsAreForTheSameRequest() {
        Set<String> routes = new HashSet<>();
        for (AdminOperation operation : AdminOperation.values()) {
            String shape = operation.route().template().replaceAll("\\{[^}]*}", "{}");
            assertThat(routes.add(operation.route().method() + " " + shape))
                    .as(shape)
                    .isTrue();
        }
    }

    @Test
    void everyReferenceLeadsToASchema() {
        String text = DOCUMENT.toString();
        Pattern.compile("#/components/schemas/(\\w+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .forEach(name -> assertThat(DOCUMENT.path("components")
                                .path("schemas")
                                .path(name)
                                .has("properties"))
                        .as(name)
                        .isTrue());
    }

    @Test
    void schemasNameTheFieldsThatMustBeThere() {
        JsonNode token = DOCUMENT.path("components").path("schemas").path("CreateToken");
        assertThat(token.path("required").toString()).isEqualTo("[\"name\",\"role\"]");
        assertThat(token.path("properties").path("expires").toString())
                .isEqualTo("{\"type\":\"string\",\"format\":\"date-time\"}");
        assertThat(token.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void whoOnlyLooksChangesNothing() {
        for (AdminOperation operation : AdminOperation.values()) {
            boolean looks = operation.route().method().equals("GET") || operation == AdminOperation.EXPLAIN_ACCESS;
            assertThat(operation.isChange()).as(operation.title()).isEqualTo(!looks);
        }
    }
}
