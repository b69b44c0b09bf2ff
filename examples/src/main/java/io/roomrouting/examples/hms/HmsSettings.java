package io.roomrouting.examples.hms;

import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.hms.HmsClient;
import io.roomrouting.hms.HmsCredentials;
import io.roomrouting.hms.HmsTokens;
import java.net.URI;
import java.util.List;

/** Which app of 100ms a command stands for. */
final class HmsSettings {

    private static final String BASE_URL_FORM = "http(s)://host[:port][/path]";

    static final Setting<String> ACCESS_KEY = Setting.of(
            "HMS_APP_ACCESS_KEY",
            "names the app of 100ms",
            "the access key in the developer section of the 100ms dashboard",
            HmsSettings::present);

    static final Setting<String> SECRET = Setting.of(
                    "HMS_APP_SECRET",
                    "signs the tokens for 100ms",
                    "the app secret in the developer section of the 100ms dashboard",
                    HmsSettings::present)
            .secret();

    static final Setting<String> TEMPLATE_ID = Setting.of(
            "HMS_TEMPLATE_ID",
            "the template of new rooms, which has their roles",
            "a template's id from the 100ms dashboard, 1 to 128 characters",
            HmsSettings::templateId);

    static final Setting<URI> BASE_URL = Setting.of(
                    "HMS_BASE_URL",
                    "where 100ms answers; another one only for tests, since the management token is sent there",
                    BASE_URL_FORM,
                    URI::create)
            .orElse(HmsClient.DEFAULT_BASE_URL.toString());

    static final List<Setting<?>> OF_CLIENT = List.of(ACCESS_KEY, SECRET, TEMPLATE_ID, BASE_URL);

    private static final int MAX_TEMPLATE_ID = 128;

    private HmsSettings() {}

    static HmsCredentials credentials(Settings settings) {
        return new HmsCredentials(settings.get(ACCESS_KEY), settings.get(SECRET));
    }

    static HmsClient client(Settings settings, HmsTokens tokens) {
        URI url = settings.get(BASE_URL);
        try {
            return HmsClient.builder(tokens).baseUrl(url).build();
        } catch (IllegalArgumentException e) {
            throw BASE_URL.refused(url.toString(), BASE_URL_FORM + ", without user information, query and fragment");
        }
    }

    private static String present(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank");
        }
        return text;
    }

    private static String templateId(String text) {
        if (text.length() > MAX_TEMPLATE_ID) {
            throw new IllegalArgumentException("too long");
        }
        return text;
    }
}
