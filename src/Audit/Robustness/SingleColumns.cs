using Governance.Audit.Data;

namespace Governance.Audit.Robustness;

/// <summary>Changes one column alone, to tell which one answers hang on most.</summary>
internal static class SingleColumns
{
    /// <summary>For each column its noise, and its emptiness where the encoding takes that; none where neither test was asked for.</summary>
    /// <param name="subject">The model's rows.</param>
    /// <param name="notes">Receives why nothing was done.</param>
    public static IReadOnlyList<(TestedColumn Column, Perturbation Noise, Perturbation? Missing)> Of(RobustnessSubject subject, List<string> notes)
    {
        IReadOnlyList<string> asked = subject.Request.Tests;
        if (asked.Count > 0 && !asked.Contains("noise", StringComparer.Ordinal) && !asked.Contains("missing", StringComparer.Ordinal))
        {
            return [];
        }

        if (subject.Columns.Count > subject.Request.MostColumns)
        {
            notes.Add($"The model takes {subject.Columns.Count:N0} columns; they are compared with each other up to {subject.Request.MostColumns:N0}.");
            return [];
        }

        if (subject.Columns.Count < 2)
        {
            return [];
        }

        Func<TestedColumn, double, int, Column> noise = ReadablePerturbations.NoiseOf(subject);
        HashSet<string> emptied = [.. ReadablePerturbations.Accepting(subject, subject.Columns, column => CellChanges.Missing(column, 1, 0, 0)).Fitting
            .Select(column => column.Name)];
        return
        [
            .. subject.Columns.Select(column => (
                column,
                One(subject, column, "noise", subject.Request.FragileStrength, true, (strength, repeat) => noise(column, strength, repeat)),
                emptied.Contains(column.Name)
                    ? One(subject, column, "missing", 1, false, (chance, repeat) => CellChanges.Missing(column, chance, subject.Request.Seed, repeat))
                    : null)),
        ];
    }

    /// <summary>The columns by how many answers change with noise in them, then by how far scores move.</summary>
    public static IReadOnlyList<FragileColumn> Rank(IReadOnlyList<(string Column, RobustnessPoint Noise, RobustnessPoint? Missing)> columns) =>
    [
        .. columns.OrderByDescending(each => Or(each.Noise.FlipRate)).ThenByDescending(each => Or(each.Noise.ScoreShift)).ThenBy(each => each.Column, StringComparer.Ordinal)
            .Select((each, i) => new FragileColumn(each.Column, i + 1, each.Noise, each.Missing)),
    ];

    private static double Or(double value) => double.IsNaN(value) ? -1 : value;

    private static Perturbation One(
        RobustnessSubject subject, TestedColumn column, string test, double strength, bool random, Func<double, int, Column> change) => new()
        {
            Test = test,
            Title = column.Name,
            Unit = "",
            Strengths = [strength],
            IsRandom = random,
            Changed = [column.Name],
            Make = (at, repeat) => subject.Encode(new Dictionary<string, Column> { [column.Name] = change(at, repeat) }),
        };
}
