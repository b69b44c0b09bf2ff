package io.roomrouting.examples.system;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.roomrouting.examples.browser.ChromiumCondition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts browsers. */
final class Chromium {

    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final List<String> CALLS = List.of(
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection");

    private Chromium() {}

    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser start(Playwright playwright) {
        return start(playwright, QUIET);
    }

    /** Its camera shows a clock, its microphone beeps, and calls work without any network. */
    static Browser startForCalls(Playwright playwright) {
        return start(playwright, Stream.concat(QUIET.stream(), CALLS.stream()).toList());
    }

    private static Browser start(Playwright playwright, List<String> arguments) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(ChromiumCondition.CHROMIUM)
                        .setArgs(arguments));
    }
}
