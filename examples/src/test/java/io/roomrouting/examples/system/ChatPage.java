package io.roomrouting.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The web client as its user sees it. */
final class ChatPage {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE = Duration.ofSeconds(60).toMillis();

    private final Page page;
    private final List<String> frames = new ArrayList<>();
    private int broken;

    ChatPage(Page page) {
        this.page = page;
        page.onWebSocket(socket -> {
            socket.onFrameReceived(frame -> frames.add(frame.text()));
            socket.onClose(closed -> broken++);
        });
    }

    void open(String url) {
        page.navigate(url);
    }

    void logIn(String name) {
        at("login-name").fill(name);
        at("login-submit").click();
    }

    /** Makes an account, which is logged in then. */
    void register(String name, String password) {
        at("account-new").click();
        enter(name, password);
    }

    /** Logs in with an account. */
    void enter(String name, String password) {
        at("account-name").fill(name);
        at("account-password").fill(password);
        at("account-submit").click();
    }

    String createRoom() {
        at("create-room").click();
        assertConnection("open");
        return at("room-id").innerText();
    }

    void join(String room) {
        at("join-room-id").fill(room);
        at("join-submit").click();
    }

    void say(String text) {
        at("message-input").fill(text);
        at("message-send").click();
    }

    void leave() {
        at("leave-room").click();
        assertThat(at("create-room")).isVisible();
    }

    /** Takes the network away from everything in this browser context. */
    void goOffline() {
        page.context().setOffline(true);
    }

    void goOnline() {
        page.context().setOffline(false);
    }

    /** Waits until its connection has ended for the first time. */
    void awaitBreak() {
        page.waitForCondition(() -> broken > 0, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }

    /** Waits until its seat has been taken up again. */
    void assertResumed() {
        page.waitForCondition(
                () -> !framesWith("\"resumed\":true").isEmpty(),
                new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }

    /** Looks at what has come over its WebSockets, so that nothing is too short to be seen. */
    List<String> framesWith(String text) {
        return frames.stream().filter(frame -> frame.contains(text)).toList();
    }

    String url() {
        return page.url();
    }

    void assertConnection(String state) {
        assertConnection(state, Duration.ofSeconds(10));
    }

    void assertConnection(String state, Duration patience) {
        assertThat(at("connection-state"))
                .hasAttribute("data-state", state, new HasAttributeOptions().setTimeout((double) patience.toMillis()));
    }

    void assertSays(String user, String text) {
        Locator message = page.locator("[data-testid=message][data-username='" + user + "']")
                .filter(new Locator.FilterOptions().setHasText(text));
        assertThat(message).hasCount(1);
    }

    /** Waits until it shows so many messages, none of them still on its way, and returns their texts from the top. */
    List<String> messages(int count) {
        assertThat(page.locator("[data-testid=message][data-delivery=sent]")).hasCount(count);
        assertThat(at("message")).hasCount(count);
        return page.locator(".message-text").allInnerTexts();
    }

    void assertHost(String address) {
        assertThat(at("room-host")).containsText(address);
    }

    void assertPresent(String... users) {
        assertThat(at("presence-user")).hasCount(users.length);
        for (String user : users) {
            assertThat(page.locator("[data-testid=presence-user][data-username='" + user + "']"))
                    .hasCount(1);
        }
    }

    void assertError(String words) {
        assertThat(at("error-banner")).containsText(words, new ContainsTextOptions().setIgnoreCase(true));
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private Locator at(String testId) {
        return page.getByTestId(testId);
    }
}
