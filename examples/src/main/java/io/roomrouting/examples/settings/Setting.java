package io.roomrouting.examples.settings;

import io.roomrouting.RoutingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a command: its name, what it is for, what it accepts and what holds without it. Immutable; every
 * {@code with…}-like method returns a changed copy.
 *
 * <p>An empty value counts as not set. Surrounding blanks are ignored, except in secrets.
 *
 * @param <T> what the text is read as
 */
public final class Setting<T> {

    private final List<String> names;
    private final String purpose;
    private final String form;
    private final Function<String, ? extends T> reader;
    private final boolean secret;
    private final @Nullable String defaultText;
    private final @Nullable Absent<T> absent;

    /** What holds when nothing is set and there is no default text. */
    private record Absent<T>(String words, T value) {}

    private Setting(
            List<String> names,
            String purpose,
            String form,
            Function<String, ? extends T> reader,
            boolean secret,
            @Nullable String defaultText,
            @Nullable Absent<T> absent) {
        this.names = names;
        this.purpose = purpose;
        this.form = form;
        this.reader = reader;
        this.secret = secret;
        this.defaultText = defaultText;
        this.absent = absent;
    }

    /**
     * Declares a setting that must be given.
     *
     * @param name the environment variable
     * @param purpose what it is for, in a few words
     * @param form what it accepts, in a few words
     * @param reader reads the text; throws {@link IllegalArgumentException} or {@link RoutingException} when it does
     *     not fit
     * @param <T> what the text is read as
     * @return the setting
     */
    public static <T> Setting<T> of(String name, String purpose, String form, Function<String, ? extends T> reader) {
        return new Setting<>(List.of(name), purpose, form, reader, false, null, null);
    }

    /**
     * Declares a whole number.
     *
     * @param name the environment variable
     * @param purpose what it is for, in a few words
     * @param min the smallest accepted value
     * @param max the largest accepted value
     * @return the setting
     */
    public static Setting<Integer> number(String name, String purpose, int min, int max) {
        return of(name, purpose, "a whole number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("out of bounds");
            }
            return value;
        });
    }

    /**
     * Declares a port to listen on.
     *
     * @param name the environment variable
     * @param purpose what it is for, in a few words
     * @param port the default
     * @return the setting
     */
    public static Setting<Integer> port(String name, String purpose, int port) {
        return number(name, purpose, 1, 65535).orElse(Integer.toString(port));
    }

    /**
     * Gives the setting a default.
     *
     * @param text what is read when nothing is set
     * @return a changed copy
     */
    public Setting<T> orElse(String text) {
        return new Setting<>(names, purpose, form, reader, secret, text, null);
    }

    /**
     * Lets the setting be left out.
     *
     * @param words what holds then, for the help
     * @return a changed copy that reads as empty when nothing is set
     */
    public Setting<Optional<T>> orElseNone(String words) {
        Function<String, Optional<T>> optional = text -> Optional.of(reader.apply(text));
        return new Setting<>(names, purpose, form, optional, secret, null, new Absent<>(words, Optional.empty()));
    }

    /**
     * Names another variable that is read when this one is not set.
     *
     * @param name the other environment variable
     * @return a changed copy
     */
    public Setting<T> orElseFrom(String name) {
        List<String> more = Stream.concat(names.stream(), Stream.of(name)).toList();
        return new Setting<>(more, purpose, form, reader, secret, defaultText, absent);
    }

    /**
     * Keeps the value out of every message.
     *
     * @return a changed copy
     */
    public Setting<T> secret() {
        return new Setting<>(names, purpose, form, reader, true, defaultText, absent);
    }

    /**
     * Returns the environment variable.
     *
     * @return its name
     */
    public String name() {
        return names.get(0);
    }

    /**
     * Refuses a value that reads well but does not fit the rest of the configuration.
     *
     * @param value the value as it was given
     * @param expected what is accepted
     * @return to be thrown
     */
    public ConfigurationException refused(String value, String expected) {
        return new ConfigurationException(name() + " = " + shown(value) + " is not accepted; expected: " + expected);
    }

    /**
     * Tells that the setting is needed and not there.
     *
     * @return to be thrown
     */
    public ConfigurationException missing() {
        return new ConfigurationException(name() + " is not set; expected: " + form);
    }

    T read(Function<String, Optional<String>> source) {
        for (String name : names) {
            Optional<String> given =
                    source.apply(name).map(text -> secret ? text : text.strip()).filter(text -> !text.isEmpty());
            if (given.isPresent()) {
                return parse(name, given.get());
            }
        }
        if (defaultText != null) {
            return parse(name(), defaultText);
        }
        if (absent != null) {
            return absent.value();
        }
        throw missing();
    }

    private T parse(String name, String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | RoutingException e) {
            throw new ConfigurationException(name + " = " + shown(text) + " is not accepted; expected: " + form, e);
        }
    }

    private String shown(String value) {
        return secret ? "<redacted>" : Redacted.oneLine(value);
    }

    /** The paragraph of the help: what it is for, what it accepts, what holds without it. */
    List<String> help() {
        String without = defaultText != null
                ? "default: " + defaultText
                : absent != null ? "not set: " + absent.words() : "required";
        Stream<String> others = names.stream().skip(1).map(other -> "taken from " + other + " if not set");
        return Stream.concat(Stream.of(purpose, form), Stream.concat(others, Stream.of(without)))
                .toList();
    }
}
