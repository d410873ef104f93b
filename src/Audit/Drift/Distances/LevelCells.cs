namespace Governance.Audit.Drift.Distances;

/// <summary>Counts of two samples over the same levels.</summary>
/// <param name="Names">Shape [cells], in ordinal order; a pooled cell of rare levels stands last.</param>
/// <param name="Reference">Shape [cells].</param>
/// <param name="Current">Shape [cells].</param>
/// <param name="Pooled">How many levels the last cell stands for; 0 for none.</param>
/// <param name="New">Levels of the current data alone.</param>
/// <param name="Vanished">Levels of the reference alone.</param>
internal sealed record LevelCells(
    IReadOnlyList<string> Names, long[] Reference, long[] Current, int Pooled, IReadOnlyList<string> New, IReadOnlyList<string> Vanished)
{
    /// <summary>The most cells; the levels beyond, rarest in both samples together first, are pooled.</summary>
    public const int Most = 1_000;

    /// <summary>Lays two counts side by side.</summary>
    /// <remarks>
    /// Which levels are pooled depends on both samples together alone, so that a test over the cells keeps its level.
    /// </remarks>
    public static LevelCells Of(IReadOnlyDictionary<string, long> reference, IReadOnlyDictionary<string, long> current)
    {
        string[] names = [.. reference.Keys.Union(current.Keys, StringComparer.Ordinal)];
        string[] rare = [];
        if (names.Length > Most)
        {
            string[] byCount = [.. names.OrderByDescending(name => At(reference, name) + At(current, name)).ThenBy(name => name, StringComparer.Ordinal)];
            (names, rare) = (byCount[..(Most - 1)], byCount[(Most - 1)..]);
        }

        Array.Sort(names, StringComparer.Ordinal);
        return new LevelCells(
            rare.Length == 0 ? names : [.. names, "all other levels"],
            Counts(reference, names, rare),
            Counts(current, names, rare),
            rare.Length,
            [.. current.Keys.Where(name => !reference.ContainsKey(name)).Order(StringComparer.Ordinal)],
            [.. reference.Keys.Where(name => !current.ContainsKey(name)).Order(StringComparer.Ordinal)]);
    }

    private static long[] Counts(IReadOnlyDictionary<string, long> sample, string[] names, string[] rare)
    {
        IEnumerable<long> kept = names.Select(name => At(sample, name));
        return rare.Length == 0 ? [.. kept] : [.. kept, rare.Sum(name => At(sample, name))];
    }

    private static long At(IReadOnlyDictionary<string, long> sample, string name) => sample.GetValueOrDefault(name);
}
