package io.roomrouting.examples.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import io.roomrouting.HostState;
import io.roomrouting.RoomId;
import io.roomrouting.examples.browser.BrowserTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator uses the admin page, in a real browser, with a host whose rooms have clients. */
@BrowserTest
class AdminPageIT {

    private static final Browser.NewContextOptions DESK = new Browser.NewContextOptions().setViewportSize(1280, 800);
    private static final Browser.NewContextOptions PHONE = new Browser.NewContextOptions()
            .setViewportSize(360, 740)
            .setColorScheme(ColorScheme.DARK)
            .setIsMobile(true)
            .setHasTouch(true);

    private static final String HOSTILE = "<img src=x onerror=document.title='no'>";

    private static Playwright playwright;
    private static Browser browser;

    private final AdminRig rig = new AdminRig();
    private BrowserContext context;
    private AdminPage page;

    @BeforeAll
    static void startBrowser() {
        setDefaultAssertionTimeout(30_000);
        playwright = Chromium.playwright();
        browser = Chromium.start(playwright);
    }

    @AfterAll
    static void stopBrowser() {
        playwright.close();
    }

    @BeforeEach
    void openPage() {
        context = browser.newContext(DESK);
        page = new AdminPage(context.newPage());
        page.open(rig.adminPage());
    }

    @AfterEach
    void close() {
        context.close();
        rig.close();
        assertThat(page.faults()).isEmpty();
    }

    @Test
    void messagesReachAllRoomsOrOneAndWhatClientsAreCalledIsShownAsText() {
        ChatClient alice = rig.join("lobby", "alice");
        ChatClient bob = rig.join("standup", "default", HOSTILE, Map.of("title", HOSTILE));
        page.unlock(AdminRig.KEY);
        page.assertRooms("lobby", "standup");
        page.assertFigure("Rooms", "2");
        page.assertFigure("Connections", "2");
        page.assertSays("hosts-list", "(this one)");

        page.sayToAll("The server stops at six.");
        page.assertSays("message-section", "Sent to 2 rooms.");
        assertThat(announcedTo(alice)).isEqualTo("The server stops at six.");
        assertThat(announcedTo(bob)).isEqualTo("The server stops at six.");

        page.search("stand");
        page.assertRooms("standup");
        page.openRoom("standup");
        page.assertMembers(HOSTILE);
        page.assertFact("title", HOSTILE);
        page.assertFact("Port", "34007");
        page.sayToRoom("Only you.");
        page.assertSays("room-dialog", "Sent to 1 room.");
        bob.awaitEvent("announcement", data -> data.path("text").asText().equals("Only you."));
        assertThat(alice.events("announcement")).hasSize(1);
        assertThat(page.run("() => document.title", "")).isNotEqualTo("no");
    }

    @Test
    void theClientsOfARoomThatIsClosedAreTold() {
        ChatClient alice = rig.join("lobby", "alice");
        ChatClient bob = rig.join("standup", "bob");
        page.unlock(AdminRig.KEY);
        page.openRoom("lobby");
        page.assertMembers("alice");
        page.closeRoom();

        assertThat(alice.awaitClose().code()).isBetween(4300, 4499);
        page.assertSays("rooms-outcome", "“lobby” is closed.");
        page.assertRooms("standup");
        assertThat(rig.host().rooms().find(RoomId.of("lobby"))).isEmpty();
        assertThat(bob.isOpen()).isTrue();
    }

    @Test
    void aDrainIsWatchedToItsEndAndTakenBack() {
        ChatClient alice = rig.join("lobby", "alice");
        ChatClient bob = rig.join("final", AdminRig.STAYING, "bob", Map.of());
        page.unlock(AdminRig.KEY);
        page.assertRooms("final", "lobby");
        page.assertState("Active");

        page.drain(1, 600);
        page.assertState("Draining");
        assertThat(alice.awaitClose().code()).isBetween(4100, 4299);
        page.assertSays("drain-words", "1 of 2 rooms still here, with 1 client.");
        page.screenshot("admin-2-draining");
        bob.close();
        page.assertSays("drain-words", "This host is empty.");
        page.assertSays("drain-outcome", "The drain is over.");
        page.assertRooms();

        page.undoDrain();
        page.assertState("Active");
        rig.join("lobby", "alice").close();
        page.assertRooms("lobby");
    }

    @Test
    void withoutTheKeyEveryCallFailsAndChangesNothing() {
        ChatClient alice = rig.join("lobby", "alice");
        page.assertLocked();
        page.unlock("not-the-key");
        page.assertRefused("The server does not take this key.");
        page.unlock("no key at all ❤");
        page.assertRefused("A key has no spaces");

        List<String> calls = List.of(
                "GET ",
                "GET load",
                "GET rooms",
                "GET room/lobby",
                "GET hosts",
                "GET nothing",
                "POST message",
                "POST room/lobby/message",
                "POST drain",
                "DELETE room/lobby/shutdown",
                "DELETE drain",
                "DELETE shutdown");
        Object statuses = page.run("""
                calls => Promise.all(calls.map(async call => {
                  const [method, path] = call.split(" ");
                  const body = method === "POST" ? JSON.stringify({ text: "hello" }) : undefined;
                  const headers = { "Content-Type": "application/json", "X-API-Key": "not-the-key" };
                  return (await fetch("/api/v1/" + path, { method, body, headers })).status;
                }))""", calls);

        assertThat(statuses).isEqualTo(calls.stream().map(call -> 401).toList());
        assertNothingHappenedTo(alice);
    }

    @Test
    void theKeyIsKeptInTheTabUntilThePageIsLocked() {
        page.unlock(AdminRig.KEY);
        page.assertUnlocked();
        page.reload();
        page.assertUnlocked();
        AdminPage other = new AdminPage(context.newPage());
        other.open(rig.adminPage());
        other.assertLocked();
        assertThat(context.cookies()).isEmpty();
        assertThat(page.run("() => localStorage.length", "")).isEqualTo(0);

        page.lock();
        page.assertLocked();
        assertThat(page.run("() => sessionStorage.length", "")).isEqualTo(0);
        page.reload();
        page.assertLocked();
    }

    @Test
    void anOperatorsLoginIsTakenInThePlaceOfTheKey() {
        page.unlock(rig.operatorToken());
        page.assertUnlocked();
        page.assertFigure("Rooms", "0");
        page.assertSays("rooms-empty", "No rooms are open.");
    }

    @Test
    void aForeignPageCannotActWhileThisOneIsOpen() throws IOException {
        ChatClient alice = rig.join("lobby", "alice");
        page.unlock(AdminRig.KEY);
        page.assertRooms("lobby");

        HttpServer foreign = foreignSite();
        try {
            Page attacker = context.newPage();
            attacker.navigate("http://localhost:" + foreign.getAddress().getPort() + "/");
            Object outcomes = attacker.evaluate("""
                    async ([admin, key]) => {
                      const tried = async call => { try { return await call(); } catch (error) { return error.name; } };
                      // A window is blank, and of this page's origin, until what it shall show has begun to load.
                      const read = async other => {
                        for (let tries = 0; tries < 1000; tries++) {
                          void other.sessionStorage.length;
                          await new Promise(soon => setTimeout(soon, 20));
                        }
                        return "readable";
                      };
                      const body = JSON.stringify({ text: "Send me your password." });
                      const api = admin + "/api/v1/";
                      const form = document.createElement("form");
                      form.action = api + "message"; form.method = "post"; form.enctype = "text/plain"; form.target = "frame";
                      form.innerHTML = '<input name=\\'{"text":"hello\\' value=\\'"}\\'>';
                      const frame = document.createElement("iframe");
                      frame.name = "frame"; frame.src = admin;
                      document.body.append(frame, form);
                      await new Promise(loaded => { frame.onload = loaded; });
                      form.submit();
                      await new Promise(loaded => { frame.onload = loaded; });
                      frame.src = admin;
                      await new Promise(loaded => { frame.onload = loaded; });
                      const opened = window.open(admin);
                      return [
                        await tried(async () => (await fetch(api + "message", { method: "POST", mode: "no-cors", body })).type),
                        await tried(async () => (await fetch(api + "shutdown", { method: "DELETE", headers: { "X-API-Key": key } })).status),
                        await tried(async () => (await fetch(api + "rooms", { headers: { "X-API-Key": key } })).status),
                        await tried(async () => (await fetch(api + "rooms", { headers: { Authorization: "Bearer " + key } })).status),
                        await tried(() => read(opened)),
                        await tried(() => read(frame.contentWindow)),
                      ];
                    }""", List.of(rig.adminPage(), AdminRig.KEY));

            assertThat(outcomes)
                    .isEqualTo(
                            List.of("opaque", "TypeError", "TypeError", "TypeError", "SecurityError", "SecurityError"));
            assertThat(attacker.frames())
                    .noneMatch((Frame frame) ->
                            frame.locator("#lock-form, #console").count() > 0);
        } finally {
            foreign.stop(0);
        }

        assertNothingHappenedTo(alice);
        page.sayToAll("All is well.");
        assertThat(announcedTo(alice)).isEqualTo("All is well.");
    }

    @Test
    void goesOnByItselfWhenTheServerWasAway() {
        rig.join("lobby", "alice");
        page.unlock(AdminRig.KEY);
        page.assertRooms("lobby");

        rig.loseAdminListener();
        page.assertState("No answer");
        page.assertSays("away", "The server does not answer.");
        page.screenshot("admin-3-away");
        page.assertRooms("lobby");
        rig.join("standup", "bob");
        rig.restartAdminListener();

        page.assertHidden("away");
        page.assertState("Active");
        page.assertRooms("lobby", "standup");
    }

    @Test
    void theServerStopsOnceTheWordIsTyped() throws InterruptedException {
        page.unlock(AdminRig.KEY);
        page.stop("sto");
        assertThat(page.stopButton()).isDisabled();
        page.run("() => document.getElementById('question').close()", "");
        assertThat(rig.isToldToStop()).isFalse();

        page.stop("stop");
        page.stopButton().click();

        page.assertSays("stop-outcome", "Shutting down");
        assertThat(rig.awaitShutdown()).isTrue();
    }

    @Test
    void fitsOnASmallPhone() {
        rig.join(
                "a-room-with-a-name-that-is-as-long-as-a-name-of-a-room-can-be_"
                        .repeat(2)
                        .substring(0, 100),
                "alice");
        try (BrowserContext pocket = browser.newContext(PHONE)) {
            AdminPage phone = new AdminPage(pocket.newPage());
            phone.open(rig.adminPage());
            phone.screenshot("admin-4-phone-locked");
            phone.unlock(AdminRig.KEY);
            phone.assertFigure("Rooms", "1");
            phone.assertSays("hosts-list", "(this one)");
            phone.screenshot("admin-5-phone");

            assertThat(phone.run("() => document.documentElement.scrollWidth", ""))
                    .isEqualTo(360);
        }
    }

    private void assertNothingHappenedTo(ChatClient alice) {
        assertThat(alice.isOpen()).isTrue();
        assertThat(alice.events("announcement")).isEmpty();
        assertThat(rig.host().rooms().list()).hasSize(1);
        assertThat(rig.host().status().state()).isEqualTo(HostState.ACTIVE);
        assertThat(rig.isToldToStop()).isFalse();
    }

    private static String announcedTo(ChatClient client) {
        return client.awaitEvent("announcement").path("text").asText();
    }

    /** A page of another site, on this machine, so that nothing but the admin listener itself keeps it out. */
    private static HttpServer foreignSite() throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] html = "<!doctype html><title>Win a prize</title><body>".getBytes(StandardCharsets.UTF_8);
        site.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        site.start();
        return site;
    }
}
