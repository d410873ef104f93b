using System.Text.RegularExpressions;
using Governance.Tests;

namespace Governance.Architecture.Tests;

/// <summary>The table of docs/security.md names tests that exist, and leaves no row out.</summary>
public sealed partial class AsvsTableTests
{
    private const int Rows = 54;

    [Fact]
    public void Every_row_is_there_once_and_in_order() =>
        Assert.Equal(Enumerable.Range(1, Rows), Table().Select(row => row.Number));

    [Fact]
    public void Every_row_names_a_test_or_says_why_not()
    {
        string[] silent = [.. Table().Where(row => row.Tests.Length == 0 && !Reason().IsMatch(row.Shown)).Select(row => $"{row.Number}: {row.Shown}")];

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_named_test_exists()
    {
        HashSet<string> known = [.. Tests()];

        string[] missing = [.. Table().SelectMany(row => row.Tests.Where(test => !known.Contains(test)).Select(test => $"{row.Number}: {test}"))];

        Assert.True(known.Count > 1_000);
        Assert.Empty(missing);
    }

    private static (int Number, string Shown, string[] Tests)[] Table() =>
    [
        .. File.ReadLines(Path.Combine(Reference.Repository, "docs", "security.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => (
                int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), row.Groups[2].Value,
                TestName().Matches(row.Groups[2].Value).Select(test => test.Groups[1].Value).ToArray())),
    ];

    private static IEnumerable<string> Tests() => Directory
        .EnumerateFiles(Path.Combine(Reference.Repository, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Select(File.ReadAllText)
        .SelectMany(text => Method().Matches(text).Select(method => $"{Class().Match(text).Groups[1].Value}.{method.Groups[1].Value}"));

    [GeneratedRegex(@"^\| (\d+) \| [^|]+ \| [^|]+ \| (.+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("^(Not yet|By design)[^:]*: .{20,}")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"\[(?:Skippable|Database)?(?:Fact|Theory)[^\]]*\].*?public (?:static )?(?:async )?(?:Task|void) (\w+)\(", RegexOptions.Singleline)]
    private static partial Regex Method();
}
