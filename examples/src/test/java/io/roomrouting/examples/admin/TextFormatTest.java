package io.roomrouting.examples.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
                    nothing                                                         | PROMETHEUS
                    */*                                                             | PROMETHEUS
                    image/png                                                       | PROMETHEUS
                    text/plain;version=0.0.4                                        | PROMETHEUS
                    application/openmetrics-text;version=1.0.0                      | OPEN_METRICS
                    text/plain;q=0.5, application/openmetrics-text;version=1.0.0    | OPEN_METRICS
                    application/openmetrics-text;q=0.1, text/plain                  | PROMETHEUS
                    application/vnd.google.protobuf, application/openmetrics-text;q=0.6, */*;q=0.2 | OPEN_METRICS
                    """)
    void theFirstThatIsAcceptedIsWritten(@Nullable String accept, TextFormat expected) {
        HttpFields headers =
                accept == null ? HttpFields.EMPTY : HttpFields.build().put(HttpHeader.ACCEPT, accept);

        List<String> accepted = headers.getQualityCSV(HttpHeader.ACCEPT);

        assertThat(TextFormat.among(accepted)).isEqualTo(expected);
    }
}
