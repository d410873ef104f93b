using Governance.Audit.Data;

namespace Governance.Audit.Fairness;

/// <summary>Which attributes are measured alone and together.</summary>
internal static class AttributeSets
{
    /// <summary>Of so many attributes every combination is measured; of more, each, each pair, and all together.</summary>
    public const int MostCombined = 6;

    /// <summary>Single attributes first, then pairs, then triples, each in the order asked for.</summary>
    /// <param name="attributes">At least one.</param>
    /// <param name="intersections">Whether combinations are measured as well.</param>
    /// <param name="warn">Told of combinations that are left out.</param>
    public static IEnumerable<IReadOnlyList<Levels>> Of(IReadOnlyList<Levels> attributes, bool intersections, Action<AuditWarning> warn)
    {
        IEnumerable<IReadOnlyList<Levels>> singles = attributes.Select(attribute => (Levels[])[attribute]);
        if (!intersections || attributes.Count == 1)
        {
            return singles;
        }

        if (attributes.Count <= MostCombined)
        {
            return Enumerable.Range(1, (1 << attributes.Count) - 1)
                .Select(mask => attributes.Where((_, i) => (mask >> i & 1) == 1).ToArray())
                .OrderBy(set => set.Length).Where(set => Fits(set, warn));
        }

        warn(new AuditWarning(
            "intersections-left-out",
            $"Of {attributes.Count} protected columns each, each pair and all together are measured, not every combination."));
        IEnumerable<IReadOnlyList<Levels>> pairs =
            from i in Enumerable.Range(0, attributes.Count)
            from j in Enumerable.Range(i + 1, attributes.Count - i - 1)
            select (Levels[])[attributes[i], attributes[j]];
        return singles.Concat(pairs).Append([.. attributes]).Where(set => Fits(set, warn));
    }

    // A combination of too many groups is left out and said, so that it does not cost the others.
    private static bool Fits(IReadOnlyList<Levels> set, Action<AuditWarning> warn)
    {
        if (set.Count == 1 || set.Aggregate(1L, (product, levels) => product * Math.Max(1, levels.Names.Count)) <= Levels.Most)
        {
            return true;
        }

        int occurring = Levels.CountCombinations(set, Levels.Most + 1);
        if (occurring > Levels.Most)
        {
            warn(new AuditWarning(
                "intersection-left-out",
                $"The combinations of {string.Join(", ", set.Select(levels => $"'{levels.Name}'"))} are more than {Levels.Most:N0} groups and are left out."));
        }

        return occurring <= Levels.Most;
    }
}
