using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Governance.Audit.Data;

/// <summary>Folds text so that what looks the same to a person becomes the same: for warnings only, never for values.</summary>
/// <remarks>
/// The rule: invisible and control characters go, every blank is a space, blanks at the ends go, full-width forms become
/// ASCII, letters with a mark become the letter followed by the mark, and Cyrillic and Greek capitals and small letters
/// that are drawn like Latin ones become Latin; then letter case is ignored. Marks themselves stay: "é" and "e" differ.
/// </remarks>
internal static class Lookalikes
{
    // Each row: a combining mark, letters that carry it, and the letters below it.
    private static readonly (char Mark, string Composed, string Letters)[] Marks =
    [
        ('\u0300', "ÀÈÌÒÙàèìòùǸǹ", "AEIOUaeiouNn"), ('\u0301', "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź", "AEIOUYaeiouyCcLlNnRrSsZz"),
        ('\u0302', "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ", "AEIOUaeiouCcGgHhJjSsWwYy"), ('\u0303', "ÃÑÕãñõĨĩŨũ", "ANOanoIiUu"),
        ('\u0304', "ĀāĒēĪīŌōŪū", "AaEeIiOoUu"), ('\u0306', "ĂăĔĕĞğĬĭŎŏŬŭ", "AaEeGgIiOoUu"), ('\u0307', "ĊċĖėĠġİŻż", "CcEeGgIZz"),
        ('\u0308', "ÄËÏÖÜäëïöüÿŸ", "AEIOUaeiouyY"), ('\u030A', "ÅåŮů", "AaUu"), ('\u030B', "ŐőŰű", "OoUu"),
        ('\u030C', "ČčĎďĚěŇňŘřŠšŤťŽž", "CcDdEeNnRrSsTtZz"), ('\u0327', "ÇçĢģĶķĻļŅņŖŗŞşŢţ", "CcGgKkLlNnRrSsTt"), ('\u0328', "ĄąĘęĮįŲų", "AaEeIiUu"),
    ];

    private const string Foreign = "АВЕКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
    private const string Latin = "ABEKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo";

    private static readonly FrozenDictionary<char, string> Folded = Marks
        .SelectMany(row => row.Composed.Select((letter, i) => KeyValuePair.Create(letter, $"{row.Letters[i]}{row.Mark}")))
        .Concat(Foreign.Select((letter, i) => KeyValuePair.Create(letter, Latin[i].ToString())))
        .ToFrozenDictionary();

    /// <summary>The folded text; equal for texts that look alike.</summary>
    public static string Fold(string text)
    {
        StringBuilder folded = new(text.Length);
        foreach (char letter in text)
        {
            if (Folded.TryGetValue(letter, out string? same))
            {
                folded.Append(same);
            }
            else if (char.IsWhiteSpace(letter))
            {
                folded.Append(' ');
            }
            else if (letter is >= '\uFF01' and <= '\uFF5E')
            {
                folded.Append((char)(letter - 0xFEE0));
            }
            else if (!char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format)
            {
                folded.Append(letter);
            }
        }

        return folded.ToString().Trim().ToUpperInvariant();
    }
}
