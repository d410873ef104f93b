namespace Governance.Audit.Drift;

/// <summary>How two samples are compared.</summary>
public enum DriftTest
{
    /// <summary>By kind and size: see <see cref="ChooseTest"/>.</summary>
    Auto,

    /// <summary>The two-sample test of Kolmogorov and Smirnov, of numbers.</summary>
    Ks,

    /// <summary>The two-sample χ² test of a contingency table.</summary>
    Chi2,

    /// <summary>The population stability index, numbers binned at the deciles of the reference.</summary>
    Psi,

    /// <summary>The Jensen–Shannon distance, base 2, in [0, 1].</summary>
    Js,

    /// <summary>The Kullback–Leibler divergence of the current data from the reference, natural logarithm.</summary>
    Kl,

    /// <summary>The Wasserstein-1 distance, in the unit of the column.</summary>
    Wasserstein,

    /// <summary>The Wasserstein-1 distance divided by the reference's standard deviation.</summary>
    WassersteinNormed,

    /// <summary>The Hellinger distance, in [0, 1].</summary>
    Hellinger,

    /// <summary>The largest difference between two shares, in [0, 1].</summary>
    Linf,

    /// <summary>The total variation distance: half the sum of the differences of shares, in [0, 1].</summary>
    Tvd,

    /// <summary>The maximum mean discrepancy of all columns together.</summary>
    Mmd,

    /// <summary>Whether a classifier can tell current rows from reference rows, by all columns together.</summary>
    Classifier,
}

/// <summary>The words for tests in commands, specs and results.</summary>
public static class DriftTests
{
    /// <summary>The words that a person may ask for, in the order of the help.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["auto", "ks", "chi2", "psi", "js", "kl", "wasserstein", "wasserstein_normed", "hellinger", "linf", "tvd", "mmd", "classifier"];

    /// <summary>The test of a word of <see cref="Words"/>.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static DriftTest Parse(string word)
    {
        int place = Words.ToList().IndexOf(word);
        return place >= 0 ? (DriftTest)place : throw new ArgumentException($"'{word}' is none of {string.Join(", ", Words)}.", nameof(word));
    }

    /// <summary>The word of a test.</summary>
    public static string Word(this DriftTest test) => Words[(int)test];

    /// <summary>Whether a p value decides; a distance is judged by a threshold instead.</summary>
    public static bool HasPValue(this DriftTest test) => test is DriftTest.Ks or DriftTest.Chi2 or DriftTest.Mmd or DriftTest.Classifier;

    /// <summary>Whether the test looks at all columns together.</summary>
    public static bool IsJoint(this DriftTest test) => test is DriftTest.Mmd or DriftTest.Classifier;

    /// <summary>Whether the test needs numbers.</summary>
    public static bool NeedsNumbers(this DriftTest test) => test is DriftTest.Ks or DriftTest.Wasserstein or DriftTest.WassersteinNormed;
}
