using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>The style of a self-contained document: the tokens of the portal and the report's own sheet, as one text.</summary>
/// <remarks>Fonts are left out: a document that opens alone has no folder beside it, so it is set in the reader's own.</remarks>
internal static partial class ReportStyle
{
    /// <summary>The sheet.</summary>
    public static string Text { get; } = FontFace().Replace(Read("tokens.css"), "") + Read("report.css");

    /// <summary>The only styles that the document's policy lets in: this sheet, by its digest.</summary>
    public static string Policy { get; } = PolicyOf(Text);

    /// <summary>The policy of a document with one sheet.</summary>
    public static string PolicyOf(string sheet) =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'; base-uri 'none'; form-action 'none'";

    /// <summary>A sheet that ships in the program.</summary>
    public static string Read(string name)
    {
        using Stream sheet = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Governance.Portal.{name}")!;
        using StreamReader reader = new(sheet);

        // The parser of a browser reads line ends as one letter, so the digest must be of the same.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"@font-face\s*\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex FontFace();
}
