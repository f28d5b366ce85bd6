package dev.requorum.operator.explain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The lines of an explanation: a label in the first column, sentences beside it, wrapped for a
 * terminal. What is to be copied (a command, a path) is never wrapped.
 */
final class Page {

  private static final int WIDTH = 100;
  private static final int INDENT = 11;

  /** A name that a sentence begins with ({@code demo-0}, {@code spec.tls}) stays as it is. */
  private static final Pattern PLAIN_WORD = Pattern.compile("[a-z]+([ ,:;].*)?", Pattern.DOTALL);

  private final String title;
  private final Set<String> said = new HashSet<>();
  private final Map<Label, List<String>> sections = new EnumMap<>(Label.class);

  Page(String title) {
    this.title = title;
  }

  /**
   * Says something in its own paragraph, unless it was said before; made a sentence if it is none.
   */
  Page say(Label label, String text) {
    if (said.add(sentence(text))) {
      wrapped(sentence(text)).forEach(line -> add(label, line));
    }
    return this;
  }

  /** Shows a command. */
  Page show(Label label, String command) {
    add(label, "  " + command);
    return this;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    sections.forEach(
        (label, texts) -> {
          for (int i = 0; i < texts.size(); i++) {
            String first = i == 0 ? label.word() : "";
            lines.add(first + " ".repeat(INDENT - first.length()) + texts.get(i));
          }
        });
    return lines;
  }

  private void add(Label label, String line) {
    sections.computeIfAbsent(label, any -> new ArrayList<>()).add(line);
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    String capital =
        PLAIN_WORD.matcher(stripped).matches()
            ? Character.toUpperCase(stripped.charAt(0)) + stripped.substring(1)
            : stripped;
    return capital.isEmpty() || ".!?:".indexOf(capital.charAt(capital.length() - 1)) >= 0
        ? capital
        : capital + ".";
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split("\\s+")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH - INDENT) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
