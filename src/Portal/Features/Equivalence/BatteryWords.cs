using Governance.Audit.Equivalence;
using Governance.Audit.Findings;
using Governance.Registry.Policies;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Equivalence;

/// <summary>The battery in sentences. Pure.</summary>
internal static class BatteryWords
{
    /// <summary>What it comes to, with the groups that a breach is of.</summary>
    public static string Summary(SealedBattery battery)
    {
        EquivalenceLine[] breaches = [.. battery.Lines.Where(line => line.Verdict == LineVerdict.Breaches)];
        int open = battery.Lines.Count(line => line.Verdict == LineVerdict.Inconclusive);
        int meets = battery.Lines.Count(line => line.Verdict == LineVerdict.Meets);
        string[] groups = [.. breaches.Where(line => line.Group is not null).Select(line => $"{line.Attribute} = {line.Group}").Distinct()];
        return battery.Verdict switch
        {
            LineVerdict.Breaches => $"The variant is not equivalent: {Lines(breaches.Length)} of the policy {(breaches.Length == 1 ? "is" : "are")} breached"
                + $"{(groups.Length == 0 ? "" : $", for the group {string.Join(", ", groups)}")}; {meets} are met, {open} stay open.",
            LineVerdict.Inconclusive => $"These rows do not show that the variant is equivalent: {Lines(open)} {(open == 1 ? "stays" : "stay")} open, {meets} are met, none is breached.",
            LineVerdict.Meets => $"The variant is equivalent by the policy: all {meets} lines are met.",
            _ => "The policy sets no limits of equivalence: the figures are reported, and judge nothing.",
        };
    }

    /// <summary>Loading times, memory and size.</summary>
    public static string Load(SpeedReport speed) =>
        $"{PlainNumbers.Value(1_000 * speed.LoadSeconds.A)} and {PlainNumbers.Value(1_000 * speed.LoadSeconds.B)} ms to load, "
        + (speed.MemoryBytes is { A: <= 0, B: <= 0 } ? "too little memory to tell." : $"{Memory(speed.MemoryBytes.A)} and {Memory(speed.MemoryBytes.B)} of memory.");

    /// <summary>What a line says of one version, in its unit: sizes, times, else the number; a dash where it says nothing.</summary>
    public static string Figure(EquivalenceLine line, double? value) => value is not double known ? "–" : line.Name switch
    {
        "size_ratio" => UploadRules.Bytes((long)known),
        "memory_ratio" => Memory(known),
        "p95_ratio" or "load_ratio" => $"{PlainNumbers.Value(1_000 * known)} ms",
        _ => PlainNumbers.Value(known),
    };

    /// <summary>The mark of a verdict; null where there is none.</summary>
    public static GateVerdict? Of(LineVerdict verdict) => verdict switch
    {
        LineVerdict.Meets => GateVerdict.Meets,
        LineVerdict.Breaches => GateVerdict.Breaches,
        LineVerdict.Inconclusive => GateVerdict.Inconclusive,
        _ => null,
    };

    /// <summary>With a capital.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // 0 stands for a process that did not grow, which is not the same as a model without bytes.
    private static string Memory(double bytes) => bytes > 0 ? $"about {UploadRules.Bytes((long)bytes)}" : "too little to tell";

    private static string Lines(int count) => count == 1 ? "one line" : $"{count} lines";
}
