namespace Governance.Audit.Quarantine.Scanning;

/// <summary>A stranger's text made fit for a sentence to a person.</summary>
internal static class Quoted
{
    private const int MostLetters = 60;

    /// <summary>In quotation marks, without control characters, cut after 60 letters.</summary>
    public static string Of(string text) => $"'{Plain(text, MostLetters)}'";

    /// <summary>Without control characters, cut after so many letters.</summary>
    public static string Plain(string text, int most)
    {
        string cut = text.Length <= most ? text : text[..most] + "…";
        return string.Concat(cut.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) || IsDirection(letter) ? '\uFFFD' : letter));
    }

    // They would turn the reading order of the words around them.
    private static bool IsDirection(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';
}
