using System.Globalization;

namespace Governance.Audit.Quarantine;

/// <summary>How a child's end is told to the person whose model it was.</summary>
internal static class QuarantineWords
{
    private const int Kill = 128 + 9;
    private const int ProcessorTime = 128 + 24;

    public static string TooSlow(TimeSpan limit) =>
        $"The model did not load and run a few rows within {limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds; such a model is not accepted.";

    public static string TooDear(TimeSpan limit) =>
        $"The model took more than {limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} seconds of processor time to load and run a few rows; such a model is not accepted.";

    public static string TooLarge(QuarantineAllowance allowance) =>
        $"The model needs more than {allowance.MemoryBytes >> 20:N0} MiB of memory to load and run a few rows; such a model is not accepted.";

    /// <summary>The end of a child that wrote no report.</summary>
    /// <param name="code">Its exit code, 128 + signal where a signal ended it.</param>
    /// <param name="loaded">Whether it had loaded the model.</param>
    /// <param name="saidMemory">Whether its last words were of memory.</param>
    /// <param name="allowance">Its limits.</param>
    public static string Death(int code, bool loaded, bool saidMemory, QuarantineAllowance allowance) => code switch
    {
        ProcessorTime => TooDear(TimeSpan.FromSeconds(allowance.ProcessorSeconds)),
        Kill => TooLarge(allowance),
        _ when saidMemory => TooLarge(allowance),
        > 128 => $"The runtime crashed while it {(loaded ? "ran" : "loaded")} the model (signal {code - 128}); such a model is not accepted.",
        _ => "The process that tries models gave no valid report on this one, so it is not trusted.",
    };
}
