using System.Globalization;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Profiles;

/// <summary>The table for people of <c>governance pdp</c>.</summary>
internal static class ProfileTable
{
    private const int ClassesShown = 3;

    /// <summary>Writes the profile of the first classes.</summary>
    public static void Write(TextWriter people, ProfileReport report)
    {
        foreach (ClassProfile profile in report.Profiles.Take(ClassesShown))
        {
            people.WriteLine(ProfileWords.Finding(report, profile));
            people.WriteLine(ProfileWords.Method(report));
            if (report.Features.Count == 1)
            {
                TextTable.Write(people, [[report.Features[0].Feature, "value", "rows"], .. Line(report, profile)]);
            }
            else
            {
                WriteGrid(people, report, profile);
            }

            people.WriteLine();
        }

        if (report.Profiles.Count > ClassesShown)
        {
            people.WriteLine($"… and {report.Profiles.Count - ClassesShown} more classes; --json gives all.");
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Line(ProfileReport report, ClassProfile profile)
    {
        ProfileFeature feature = report.Features[0];
        for (int point = 0; point < feature.Points; point++)
        {
            yield return
            [
                ProfileWords.Point(feature, point),
                TextTable.Number(profile.Values[point][0], profile.Interval[point][0]),
                ProfileWords.Share(feature, point),
            ];
        }

        if (profile.Missing is { } missing)
        {
            yield return ["missing", TextTable.Number(missing.Value, missing.Interval), PlainNumbers.Percent(feature.MissingShare)];
        }
    }

    private static void WriteGrid(TextWriter people, ProfileReport report, ClassProfile profile)
    {
        ProfileFeature first = report.Features[0];
        ProfileFeature second = report.Features[1];
        TextTable.Write(people,
        [
            [$"{first.Feature} \\ {second.Feature}", .. Enumerable.Range(0, second.Points).Select(j => ProfileWords.Point(second, j))],
            .. Enumerable.Range(0, first.Points).Select(i => (IReadOnlyList<string>)
            [
                ProfileWords.Point(first, i),
                .. Enumerable.Range(0, second.Points).Select(j => profile.Values[i][j].ToString("0.0000", CultureInfo.InvariantCulture)),
            ]),
        ]);
    }
}
