using System.Text.RegularExpressions;
using Governance.Tests;

namespace Governance.Architecture.Tests;

/// <summary>Facts about the files of the repository.</summary>
public sealed partial class RepositoryTests
{
    /// <summary>One concept, one file: about 200 lines.</summary>
    private const int MostLines = 230;

    /// <summary>A test is allowed its tables and its texts.</summary>
    private const int MostLinesOfATest = 320;

    [Fact]
    public void Lock_files_name_no_registry()
    {
        string[] found =
        [
            .. Files("*lock.json").SelectMany(file => Address().Matches(File.ReadAllText(file))
                .Select(match => match.Value).Where(address => !IsSponsorLink(address)).Distinct()
                .Select(address => $"{Path.GetRelativePath(Reference.Repository, file)}: {address}")),
        ];

        Assert.Empty(found);
    }

    [Fact]
    public void No_file_holds_more_than_one_can_read_at_a_sitting()
    {
        string[] found =
        [
            .. Files("*.cs").Concat(Files("*.razor")).Where(file => !IsGenerated(file))
                .Select(file => (File: Path.GetRelativePath(Reference.Repository, file), Lines: File.ReadLines(file).Count()))
                .Where(file => file.Lines > (file.File.StartsWith("tests", StringComparison.Ordinal) ? MostLinesOfATest : MostLines)).Select(file => $"{file.File}: {file.Lines}").Order(),
        ];

        Assert.Empty(found);
    }

    [Fact]
    public void Colours_come_from_tokens()
    {
        string[] found =
        [
            .. Files("*.razor").Concat(Files("*.cs")).Where(file => file.Contains("/src/Portal/", StringComparison.Ordinal))
                .Where(file => HexColour().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(Reference.Repository, file)).Order(),
        ];

        Assert.Empty(found);
    }

    [GeneratedRegex("https?://[A-Za-z0-9.-]+")]
    private static partial Regex Address();

    [GeneratedRegex("\"#[0-9a-fA-F]{6}\"")]
    private static partial Regex HexColour();

    // npm keeps the links by which projects ask for support.
    private static bool IsSponsorLink(string address) =>
        address is "https://github.com" or "https://opencollective.com" or "https://www.patreon.com" or "https://tidelift.com";

    private static IEnumerable<string> Files(string pattern) => new[] { "src", "tests", "tools", "bench", "migrations" }
        .Select(folder => Path.Combine(Reference.Repository, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    private static bool IsGenerated(string file) => file.Contains("/migrations/", StringComparison.Ordinal);
}
