package io.roomrouting.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The admin page as an operator sees it. */
final class AdminPage {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Page page;
    private final List<String> faults = new ArrayList<>();

    AdminPage(Page page) {
        this.page = page;
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
    }

    void open(String url) {
        page.navigate(url);
    }

    void unlock(String key) {
        page.getByLabel("Admin key").fill(key);
        button("Unlock").click();
    }

    void lock() {
        button("Lock").click();
    }

    void reload() {
        page.reload();
    }

    void assertLocked() {
        assertThat(page.getByLabel("Admin key")).isVisible();
        assertThat(at("console")).hasCount(0);
    }

    void assertRefused(String words) {
        assertThat(at("lock-outcome")).containsText(words);
    }

    void assertUnlocked() {
        assertThat(at("rooms-section")).isVisible();
    }

    void assertState(String state) {
        assertThat(at("host-state")).hasText(state);
    }

    void assertRooms(String... names) {
        assertThat(page.locator("#rooms-rows .room-name")).hasText(names);
    }

    void assertSays(String part, String words) {
        assertThat(at(part)).containsText(words);
    }

    void assertHidden(String part) {
        assertThat(at(part)).isHidden();
    }

    void assertFigure(String name, String value) {
        Locator figure = page.locator(".chart").filter(new Locator.FilterOptions().setHasText(name));
        assertThat(figure.locator(".chart-value").first()).hasText(value);
    }

    void search(String words) {
        page.getByLabel("Search rooms").fill(words);
    }

    void openRoom(String name) {
        button(name).click();
        assertThat(at("room-title")).hasText(name);
    }

    void leaveRoom() {
        page.keyboard().press("Escape");
        assertThat(at("room-dialog")).isHidden();
    }

    void assertMembers(String... users) {
        assertThat(page.locator("#members-rows td:first-child")).hasText(users);
    }

    void assertFact(String title, String words) {
        Locator fact = page.locator("#room-facts > div").filter(new Locator.FilterOptions().setHasText(title));
        assertThat(fact.locator("dd")).hasText(words);
    }

    void sayToAll(String text) {
        page.getByLabel("Message to all rooms", new Page.GetByLabelOptions().setExact(true))
                .last()
                .fill(text);
        at("message-form").getByRole(AriaRole.BUTTON).click();
    }

    void sayToRoom(String text) {
        page.getByLabel("Message to this room").last().fill(text);
        at("room-message-form").getByRole(AriaRole.BUTTON).click();
    }

    void closeRoom() {
        button("Close this room…").click();
        button("Close the room").click();
    }

    void drain(int spreadSeconds, int deadlineSeconds) {
        page.getByLabel("Spread").fill(Integer.toString(spreadSeconds));
        page.getByLabel("Deadline").fill(Integer.toString(deadlineSeconds));
        button("Start draining…").click();
        at("question").getByRole(AriaRole.BUTTON, exactly("Drain")).click();
    }

    void undoDrain() {
        button("Take rooms again").click();
    }

    void stop(String word) {
        button("Stop the server…").click();
        page.getByLabel("Type “stop” to go on").fill(word);
    }

    Locator stopButton() {
        return at("question").getByRole(AriaRole.BUTTON, exactly("Stop"));
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** What no page should have: exceptions that nobody caught, and things that its policy had to keep it from. */
    List<String> faults() {
        return faults;
    }

    /** Runs a script in the page, and returns what it returns. */
    Object run(String script, Object argument) {
        return page.evaluate(script, argument);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private Locator at(String id) {
        return page.locator("#" + id);
    }
}
