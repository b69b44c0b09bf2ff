package io.roomrouting.hathora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HathoraRegionTest {

    @ParameterizedTest
    @EnumSource
    void everyRegionIsFoundByItsName(HathoraRegion region) {
        assertThat(HathoraRegion.named(region.wireName())).contains(region);
        assertThat(HathoraRegion.near(region.wireName().replace('_', ' '))).contains(region);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    48.1,11.6      | FRANKFURT
                    40.7, -74.0    | WASHINGTON_DC
                    -37.8,144.96   | SYDNEY
                    64.1,-21.9     | LONDON
                    21.3,-157.9    | LOS_ANGELES
                    -17.7,178.0    | SYDNEY
                    52.3,-179.9    | TOKYO
                    30.0,31.2      | DUBAI
                    -34.6,-58.4    | SAO_PAULO
                    """)
    void aClientIsLedToTheNearestRegionAlsoAcrossTheDateLine(String hint, HathoraRegion nearest) {
        assertThat(HathoraRegion.near(hint)).contains(nearest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Atlantis", "91,0", "0,181", "1;2", "48.1", "NaN,NaN", "eu-central-1"})
    void whatIsNoHintIsNoRegion(String hint) {
        assertThat(HathoraRegion.near(hint)).isEmpty();
    }

    @Test
    void aPlaceOffTheGlobeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HathoraRegion.nearest(Double.NaN, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HathoraRegion.nearest(0, 200))
                .withMessageContaining("200.0");
    }
}
