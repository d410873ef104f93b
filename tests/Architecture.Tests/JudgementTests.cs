using System.Text.RegularExpressions;
using Governance.Tests;

namespace Governance.Architecture.Tests;

/// <summary>Whoever acts for a person asks the one judgement of access, itself or through a use case that does.</summary>
public sealed partial class JudgementTests
{
    // What judges nothing itself, and why that is right.
    private static readonly Dictionary<string, string> Without = new(StringComparer.Ordinal)
    {
        ["RegistryChange"] = "the transaction of a change: the use case in it judges",
        ["RecordProbes"] = "kept by CheckVersionCopy, which judges",
        ["ReplaceDatasets"] = "the second half of an erasure that EraseSubject judges",
    };

    [Fact]
    public void Every_use_case_for_a_person_asks_the_one_judgement()
    {
        Dictionary<string, string> acting = new[] { "Registry", "Audit" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", room), "*.cs", SearchOption.AllDirectories))
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Text: File.ReadAllText(file)))
            .Where(file => file.Text.Contains("Actor actor", StringComparison.Ordinal)).ToDictionary(file => file.Name, file => file.Text);
        HashSet<string> judged = [.. acting.Where(file => Judges().IsMatch(file.Value)).Select(file => file.Key)];
        Assert.True(judged.Count > 20);

        for (int before = 0; before < judged.Count;)
        {
            before = judged.Count;
            judged.UnionWith(acting.Where(file => Words().Matches(file.Value).Any(word => judged.Contains(word.Value))).Select(file => file.Key));
        }

        Assert.Empty(acting.Keys.Except(judged).Except(Without.Keys).Order());
    }

    [Fact]
    public void Pages_and_endpoints_take_no_role_from_a_cookie()
    {
        string[] found =
        [
            .. Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", "Portal"), "*.*", SearchOption.AllDirectories)
                .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
                .Where(file => File.ReadAllText(file).Contains("IsInRole", StringComparison.Ordinal))
                .Select(file => Path.GetFileName(file)).Where(name => name != "RightPolicies.cs").Order(),
        ];

        Assert.Empty(found);
    }

    [GeneratedRegex("\\b(Standing|Holdings|DecideAccess|Viewer\\.RefusalFor)\\b")]
    private static partial Regex Judges();

    [GeneratedRegex("\\b[A-Z][A-Za-z]+\\b")]
    private static partial Regex Words();
}
