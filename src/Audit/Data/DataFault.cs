namespace Governance.Audit.Data;

/// <summary>The one form of sentences about a line of a data file.</summary>
internal static class DataFault
{
    /// <summary>At most 40 characters of a cell, for a sentence.</summary>
    public static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;

    /// <summary>"Line 31 of the data ….".</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="what">What is wrong with it, without the final stop.</param>
    /// <param name="column">The column at fault, or null.</param>
    /// <param name="inner">What found it, or null.</param>
    public static InputException At(long line, string what, string? column = null, Exception? inner = null) =>
        inner is null
            ? new InputException($"Line {line} of the data {what}.") { Line = line, Column = column }
            : new InputException($"Line {line} of the data {what}.", inner) { Line = line, Column = column };
}
