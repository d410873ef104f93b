namespace Governance.Audit.Explanations;

/// <summary>A stream of random numbers that is the same for the same seed, on every machine and runtime version.</summary>
/// <remarks>
/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not for secrets.
/// Ours, because evidence made today must re-run to the same bytes after an upgrade of the runtime.
/// </remarks>
public struct SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <summary>Starts stream number <paramref name="stream"/> of a seed; streams do not overlap in practice.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Such as the row's index, so that a row's numbers do not depend on the rows around it.</param>
    public SeededRandom(int seed, long stream) => state = Mix(Mix((uint)seed + Golden) ^ (ulong)stream);

    /// <summary>64 uniform bits.</summary>
    public ulong Next() => Mix(state += Golden);

    /// <summary>Uniform in [0, 1), in steps of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="below"/> - 1; the bias is under 2^-32.</summary>
    /// <param name="below">At least 1.</param>
    public int NextBelow(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

    /// <summary>A well-mixed function of 64 bits, bijective.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
