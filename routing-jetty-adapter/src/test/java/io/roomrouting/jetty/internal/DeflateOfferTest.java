package io.roomrouting.jetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {

    private static final String YES = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "Permessage-Deflate ; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=8; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits=\"12\"",
                "x-other; a=b, permessage-deflate",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate"
            })
    void anOfferThatCanBeAcceptedIsAccepted(String offer) {
        assertThat(DeflateOffer.answer(List.of(offer))).contains(YES);
    }

    @Test
    void aWindowOfFullSizeIsConfirmed() {
        assertThat(DeflateOffer.answer(List.of("permessage-deflate; server_max_window_bits=15")))
                .contains(YES + "; server_max_window_bits=15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",;=",
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=a=b",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; unknown",
                "permessage-deflate; client_max_window_bits; client_max_window_bits"
            })
    void anyOtherIsNot(String offer) {
        assertThat(DeflateOffer.answer(List.of(offer))).isEmpty();
    }

    @Test
    void theFirstOfSeveralFieldsThatCanBeAcceptedIs() {
        assertThat(DeflateOffer.answer(List.of("permessage-deflate; unknown", "permessage-deflate")))
                .contains(YES);
        assertThat(DeflateOffer.answer(List.of())).isEmpty();
    }
}
