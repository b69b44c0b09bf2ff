package io.roomrouting.examples.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * How much every command logs, and in which form; all of it goes to the standard output. Where neither is set, what
 * {@code logback.xml} says holds.
 */
public final class LogSettings {

    /** Lines for people or objects for programs. */
    public static final Setting<Form> LOG_FORMAT = Setting.of(
                    "LOG_FORMAT",
                    "how log lines look",
                    "text, or json (one object a line: timestamp, level, logger, thread, message, mdc, stackTrace)",
                    Form::of)
            .orElse("text");

    /** The least that is logged. */
    public static final Setting<Level> LOG_LEVEL = Setting.of(
                    "LOG_LEVEL",
                    "what is logged; the line that tells where a server listens always is",
                    "error, warn, info or debug (what goes on in rooms and requests, not in other libraries)",
                    LogSettings::level)
            .orElse("info");

    /** Both, in the order of the help. */
    public static final List<Setting<?>> ALL = List.of(LOG_FORMAT, LOG_LEVEL);

    private static final String OURS = "io.roomrouting";

    /** Its line is the sign that a server is up; scripts wait for it. */
    private static final String LISTENING = "io.roomrouting.jetty.HttpListener";

    private static final List<Level> LEVELS = List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG);

    private LogSettings() {}

    /** How a log line looks. */
    public enum Form {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON;

        private static Form of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Lets the process log as the operator has set.
     *
     * @param settings what the operator has set
     * @throws io.roomrouting.examples.settings.ConfigurationException if a setting does not fit
     */
    public static void apply(Settings settings) {
        Form form = settings.get(LOG_FORMAT);
        Level level = settings.get(LOG_LEVEL);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (level != Level.INFO) {
            setLevel(level, context);
        }
        if (form == Form.JSON) {
            writeJson(context);
        }
    }

    private static void setLevel(Level level, LoggerContext context) {
        if (level == Level.DEBUG) {
            context.getLogger(OURS).setLevel(level);
            return;
        }
        // Some libraries have a threshold of their own, which may be lower.
        for (Logger logger : context.getLoggerList()) {
            Level own = logger.getLevel();
            if (own != null && !own.isGreaterOrEqual(level)) {
                logger.setLevel(level);
            }
        }
        context.getLogger(LISTENING).setLevel(Level.INFO);
    }

    private static void writeJson(LoggerContext context) {
        List<ConsoleAppender<ILoggingEvent>> consoles = consoles(context.getLogger(Logger.ROOT_LOGGER_NAME));
        if (consoles.isEmpty()) {
            throw LOG_FORMAT.refused("json", "text, where a logging configuration of your own writes no console");
        }
        for (ConsoleAppender<ILoggingEvent> console : consoles) {
            JsonLines lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            console.setEncoder(lines);
        }
    }

    private static List<ConsoleAppender<ILoggingEvent>> consoles(Logger root) {
        List<ConsoleAppender<ILoggingEvent>> consoles = new ArrayList<>();
        Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders();
        while (all.hasNext()) {
            if (all.next() instanceof ConsoleAppender<ILoggingEvent> console) {
                consoles.add(console);
            }
        }
        return consoles;
    }

    private static Level level(String text) {
        Optional<Level> known = LEVELS.stream()
                .filter(level -> level.levelStr.equalsIgnoreCase(text))
                .findFirst();
        return known.orElseThrow(() -> new IllegalArgumentException("no level"));
    }
}
