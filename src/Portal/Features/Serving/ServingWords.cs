using Governance.Audit.Serving;

namespace Governance.Portal.Features.Serving;

/// <summary>What serving measured, in words.</summary>
internal static class ServingWords
{
    /// <summary>How rows of the version may be put together.</summary>
    public static string Batches(BatchForm? form) => form switch
    {
        null => "Whether its rows may share a run of the model is tried when it is loaded.",
        { Most: 1 } => "Each row is run by itself: run together with others, this model does not give every row exactly the same answer.",
        { Least: 1 } => $"Up to {form.Most} rows share a run; it was tried that each gets, byte for byte, the answer that it gets alone.",
        _ => $"Up to {form.Most} rows share a run, and a row that comes alone is run beside a copy of itself: it was tried that each then gets the same answer, byte for byte, whatever it is run with.",
    };

    /// <summary>The stages with their times and their share of all answers' time; null for what is part of another or no stage.</summary>
    public static IEnumerable<(string Name, LatencyHistogram Times, double? Share)> Stages(ServingMeter meter)
    {
        double all = Math.Max(1, meter.Total.Sum);
        foreach (ServingStage stage in ServingMeter.Stages)
        {
            LatencyHistogram times = meter.TimesOf(stage);
            yield return (Name(stage), times, stage is ServingStage.Queue or ServingStage.Run ? null : times.Sum / all);
        }

        yield return ("The whole answer", meter.Total, null);
        yield return ("Remembered answers", meter.Remembered, null);
    }

    private static string Name(ServingStage stage) => stage switch
    {
        ServingStage.Admit => "Admission: rights, rows, budget",
        ServingStage.Queue => "of that a row's queue",
        ServingStage.Run => "of that a row's run",
        ServingStage.Compute => "Computing",
        _ => "Release: policy, log, watches",
    };
}
