package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    @Test
    void allowNobodyUnlessTold() {
        assertThat(AllowedOrigins.none().isEmpty()).isTrue();
        assertThat(AllowedOrigins.none().allow("https://example.com")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com",
        "https://example.com:443, https://example.com",
        "http://example.com:80/, http://example.com",
        "http://localhost:5173, http://localhost:5173",
        "HTTPS://Example.COM, https://example.com",
        "' https://example.com ', https://example.com",
        "http://[::1]:3000, http://[::1]:3000",
        "capacitor://localhost, capacitor://localhost",
    })
    void areListedAsPeopleWriteThemAndComparedAsBrowsersDo(String listed, String sent) {
        assertThat(AllowedOrigins.of(listed).allow(sent)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com:8443",
                "https://example.com.evil.test",
                "https://evil-example.com",
                "https://sub.example.com",
                "https://example.com/",
                "null",
                "",
            })
    void compareTheWholeOrigin(String sent) {
        assertThat(AllowedOrigins.of("https://example.com").allow(sent)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "example.com",
                "https://",
                "https://example.com/app",
                "https://example.com?x",
                "https://user@example.com",
                "https://*.example.com",
                "https://example.com:port",
            })
    void refuseWhatIsNotAnOrigin(String listed) {
        assertThatThrownBy(() -> AllowedOrigins.of(listed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining('"' + listed + '"')
                .hasMessageContaining("scheme://host");
    }

    @Test
    void doNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(AllowedOrigins.of("https://ID.EXAMPLE.COM").allow("https://id.example.com"))
                    .isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }
}
