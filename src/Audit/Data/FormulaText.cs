using System.Buffers;
using System.Text.RegularExpressions;

namespace Governance.Audit.Data;

/// <summary>Text that a spreadsheet would run as a formula.</summary>
/// <remarks>Source: OWASP, "CSV Injection"; the full-width forms are those that spreadsheets of East Asia take for the plain ones.</remarks>
internal static partial class FormulaText
{
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>Whether text could be run: it begins like a formula, has more than that one character, and is no plain number.</summary>
    public static bool IsFormula(string text) => text.Length > 1 && Starts.Contains(text[0]) && !Number().IsMatch(text);

    [GeneratedRegex(@"^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Number();
}
