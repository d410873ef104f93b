namespace Governance.Audit.Explanations.Trees;

/// <summary>Where a pair i &lt; j of n stands when pairs are listed by i, then j.</summary>
internal static class PairIndex
{
    /// <summary>The place, from 0.</summary>
    public static int Of(int i, int j, int n) => (i * ((2 * n) - i - 1) / 2) + j - i - 1;
}
