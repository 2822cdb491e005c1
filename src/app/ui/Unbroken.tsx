/** Names with a number behind a hyphen, and numbers that are words: "plain-56", "ResNet-20", "fifty-six". */
const NAME = /((?<![-\w])[A-Za-z]+-\d+|\b\w+ty-\w+)/;

/** A text in which no line breaks inside of a name. */
export function Unbroken({ text }: { text: string }) {
  return text.split(NAME).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <span key={i} className="unbroken">
        {part}
      </span>
    ),
  );
}
