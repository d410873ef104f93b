using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>Standard normal numbers.</summary>
internal static class NormalDraw
{
    /// <summary>One number, by Box and Muller (Annals of Mathematical Statistics 29, 1958).</summary>
    public static double Next(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
