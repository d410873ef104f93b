using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Tests;

namespace Governance.Audit.Tests.MetricGoldens;

/// <summary>Every record of goldens/metrics is compared by a test or excluded by name, with the reason.</summary>
public sealed class MetricRecordCoverageTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [SkippableFact]
    public void Every_record_is_compared_or_excluded_and_none_is_both()
    {
        Func<MetricRecord, bool>[] claims = [.. typeof(MetricRecordCoverageTests).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IChecksMetricRecords)))
            .Select(type => type.GetMethod(nameof(IChecksMetricRecords.Claims), BindingFlags.Public | BindingFlags.Static)!
                .CreateDelegate<Func<MetricRecord, bool>>())];
        Exclusion[] exclusions = Exclusions();
        HashSet<Exclusion> used = [];
        List<string> wrong = [];
        foreach (MetricRecord record in MetricRecords.Files().SelectMany(MetricRecords.Of))
        {
            Exclusion[] matching = [.. exclusions.Where(exclusion => exclusion.Matches(record))];
            used.UnionWith(matching);
            bool claimed = claims.Any(claim => claim(record));
            if (claimed == matching.Length > 0)
            {
                wrong.Add(claimed ? $"{record} is compared, and excluded as well: {matching[0].Reason}" : $"{record} is neither compared nor excluded");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} records:\n{string.Join('\n', wrong.Take(100))}");
        Assert.Empty(exclusions.Except(used));
    }

    [Fact]
    public void Every_exclusion_says_why() => Assert.All(Exclusions(), exclusion => Assert.True(exclusion.Reason.Length > 20, exclusion.Id));

    private static Exclusion[] Exclusions() => JsonSerializer.Deserialize<Exclusion[]>(
        File.ReadAllBytes(Path.Combine(Reference.Repository, "tests", "Audit.Tests", "MetricGoldens", "exclusions.json")), Web)!;

    private sealed record Exclusion(string File, string Id, string Reason)
    {
        public bool Matches(MetricRecord record) => record.File == File && Regex.IsMatch(record.Id, $"^(?:{Id})$");
    }
}
