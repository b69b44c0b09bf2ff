package io.roomrouting.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The calls of the web client, as their user sees them, and what the browser says of the media. */
final class CallPage {

    /** Lets the test ask the connections that the page makes. */
    private static final String KEEP_CONNECTIONS = """
            window.keptConnections = [];
            window.RTCPeerConnection = class extends RTCPeerConnection {
              constructor(configuration) {
                super(configuration);
                window.keptConnections.push(this);
              }
            };
            """;

    private static final String FRAMES_DECODED = """
            async () => {
              const report = await window.keptConnections.at(-1).getStats();
              return [...report.values()]
                .filter((stats) => stats.type === 'inbound-rtp' && stats.kind === 'video')
                .reduce((sum, stats) => sum + (stats.framesDecoded ?? 0), 0);
            }""";

    /** The kinds of the two ends of the way that is in use, such as {@code relay/relay}. */
    private static final String WAY = """
            async () => {
              const report = await window.keptConnections.at(-1).getStats();
              const transport = [...report.values()].find((stats) => stats.type === 'transport');
              const pair = report.get(transport?.selectedCandidatePairId);
              return [pair?.localCandidateId, pair?.remoteCandidateId]
                .map((id) => report.get(id)?.candidateType)
                .join('/');
            }""";

    /** The picture of the other side, small; empty while there is none. */
    private static final String PICTURE = """
            () => {
              const video = document.querySelector('[data-testid=remote-video]');
              if (!video?.videoWidth) {
                return '';
              }
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [64, 36];
              const brush = canvas.getContext('2d');
              brush.drawImage(video, 0, 0, 64, 36);
              const { data } = brush.getImageData(0, 0, 64, 36);
              return new Set(data).size < 8 ? '' : data.join();
            }""";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Page page;
    private final ChatPage chat;

    private CallPage(Page page) {
        this.page = page;
        this.chat = new ChatPage(page);
    }

    static CallPage in(BrowserContext context) {
        Page page = context.newPage();
        page.addInitScript(KEEP_CONNECTIONS);
        return new CallPage(page);
    }

    ChatPage chat() {
        return chat;
    }

    void call(String user) {
        page.locator("[data-testid=presence-user][data-username='" + user + "']")
                .getByTestId("call-person")
                .click();
    }

    void assertRings(String caller) {
        assertThat(at("incoming-call")).containsText(caller, atMost(PATIENCE));
        assertThat(at("incoming-call")).isFocused();
    }

    void answer() {
        at("call-accept").click();
    }

    void decline() {
        at("call-decline").click();
    }

    void hangUp() {
        at("call-end").click();
    }

    void switchCamera() {
        at("call-camera").click();
    }

    void assertState(String state) {
        assertThat(at("call"))
                .hasAttribute("data-state", state, new LocatorAssertions.HasAttributeOptions().setTimeout((double)
                                PATIENCE.toMillis()));
    }

    /** Waits until the call is over and this is said about it. */
    void assertEnded(String words, Duration patience) {
        assertThat(at("call-ended")).containsText(words, atMost(patience));
        assertThat(at("call")).hasCount(0);
    }

    void assertEnded(String words) {
        assertEnded(words, PATIENCE);
    }

    void assertNoCall() {
        assertThat(at("call")).hasCount(0);
        assertThat(at("incoming-call")).hasCount(0);
    }

    /** Waits until so many more frames are decoded, and until what is shown has changed. */
    void assertSeesMotion(int frames) {
        assertThat(at("remote-video")).isVisible();
        int before = framesDecoded();
        await(() -> framesDecoded() >= before + frames);
        await(() -> !picture().isEmpty());
        String first = picture();
        await(() -> !picture().isEmpty() && !picture().equals(first));
    }

    void assertSeesNoPicture() {
        assertThat(at("remote-video")).hasCount(0);
    }

    /** Waits for the way that the media take. */
    void assertWay(String kinds) {
        await(() -> page.evaluate(WAY).equals(kinds));
    }

    void close() {
        page.close();
    }

    private int framesDecoded() {
        return ((Number) page.evaluate(FRAMES_DECODED)).intValue();
    }

    private String picture() {
        return (String) page.evaluate(PICTURE);
    }

    private void await(BooleanSupplier condition) {
        page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout((double) PATIENCE.toMillis()));
    }

    private static LocatorAssertions.ContainsTextOptions atMost(Duration patience) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) patience.toMillis());
    }

    private Locator at(String testId) {
        return page.getByTestId(testId);
    }
}
