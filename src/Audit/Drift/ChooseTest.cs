using Governance.Audit.Data;

namespace Governance.Audit.Drift;

/// <summary>Which test a column is compared by, and whether by its levels or on the number line. Pure.</summary>
/// <remarks>
/// Up to <see cref="MostTested"/> values of the reference tests that hold their level alarm on any difference that can be
/// told: Kolmogorov–Smirnov for numbers, χ² for levels. Beyond, every difference can be told, so that distances ask whether
/// it is worth an alarm: Wasserstein divided by the standard deviation for numbers, Jensen–Shannon for levels. Numbers of
/// few different values (<see cref="FewValues"/>: flags, grades) are levels.
/// </remarks>
public static class ChooseTest
{
    /// <summary>The most values of the reference that are compared by a test.</summary>
    public const int MostTested = 1_000;

    /// <summary>The most different numbers that count as levels.</summary>
    public const int FewValues = 5;

    private const int LeastToTell = 20;
    private const int FewForTable = 20;

    /// <summary>Chooses.</summary>
    /// <param name="reference">The reference column.</param>
    /// <param name="current">The current column.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="InputException">The test needs numbers and the column holds none.</exception>
    internal static (DriftTest Test, bool ByLevel) Of(PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        DriftTest asked = options.Asked;
        bool levels = reference.Kind == DriftKind.Categorical;
        if (asked == DriftTest.Auto)
        {
            levels |= reference.Count >= LeastToTell && reference.HasAtMost(FewValues);
            bool few = reference.Count <= MostTested;
            return (levels ? (few ? DriftTest.Chi2 : DriftTest.Js) : few ? DriftTest.Ks : DriftTest.WassersteinNormed, levels);
        }

        if (asked.IsJoint())
        {
            throw new ArgumentException($"The test {asked.Word()} looks at all columns together.", nameof(options));
        }

        return levels && asked.NeedsNumbers()
            ? throw new InputException($"The column '{reference.Name}' holds levels; the test {asked.Word()} needs numbers.") { Column = reference.Name }
            : (asked, levels || (asked == DriftTest.Chi2 && options.Bins is null && reference.HasAtMost(FewForTable) && current.HasAtMost(FewForTable)));
    }
}
