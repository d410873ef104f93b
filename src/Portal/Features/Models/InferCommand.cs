using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary><c>governance infer MODEL --data F [--input NAME=F …]</c>: runs a model on the rows of CSV files.</summary>
internal static class InferCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };

    private static readonly Option<string?> Data = new("--data") { Description = "The rows, as CSV with a header.", HelpName = "F" };

    private static readonly Option<string[]> Input = new("--input")
    {
        Description = "The rows of one named input, where it has a file of its own.",
        HelpName = "NAME=F",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Features = new("--features")
    {
        Description = "The columns that are the model's features, in its order, separated by commas; all by default.",
        HelpName = "a,b",
    };

    public static Command Create() => GovernanceCommand.Create(
        "infer", "Run a model on the rows of a CSV file.", RunAsync, Model, Data, Input, Features, ModelPrecision.Half);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using ModelRun run = await ModelRun.LoadAsync(context, context.Arguments.GetValue(Model)!, cancellationToken);
        InputFiles files = new(
            context, context.Arguments.GetValue(Data), context.Arguments.GetValue(Input)!, context.Arguments.GetValue(Features)?.Split(',', StringSplitOptions.TrimEntries));
        InputBatch batch = files.Read(run, cancellationToken);
        if (run.Encoding is not null && context.Arguments.GetValue(Features) is not null)
        {
            context.Warn(new AuditWarning("features-not-used", "--features is not used, because the encoding names the columns."));
        }

        await FirstRow.TryAsync(context, token => run.Predictor.Predict(batch.Slice(0, 1), token), cancellationToken);
        long started = TimeProvider.System.GetTimestamp();
        Prediction prediction = await Task.Run(() => run.Predictor.Predict(batch, cancellationToken), cancellationToken);
        prediction = run.Encoding is null ? prediction : ClassOrder.Apply(prediction, run.Encoding);
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        foreach (AuditWarning warning in run.Predictor.Warnings)
        {
            context.Warn(warning);
        }

        foreach (OutputValues values in prediction.Outputs)
        {
            int broken = values.Numbers?.Count(number => !double.IsFinite(number)) ?? 0;
            if (broken > 0)
            {
                context.Warn(new AuditWarning(
                    "not-finite", $"The output '{values.Name}' holds {broken:N0} NaN or infinite numbers; they are null in the JSON."));
            }
        }

        GroupDecisions? decisions = run.Encoding?.GroupThresholds is null ? null : GroupDecisions.Of(run, prediction, files.Rows, batch);
        PredictionTable.Write(context.People, prediction, run.Predictor.Provider, seconds);
        decisions?.Write(context.People);
        await context.WriteJsonAsync(
            new
            {
                run.Predictor.Provider,
                batch.Rows,
                Seconds = seconds,
                Outputs = prediction.Outputs.Select(values => new
                {
                    values.Name,
                    values.Spec.Type,
                    Shape = (int[])[values.Rows, .. values.RowShape],
                    values.Classes,
                    Values = NestedValues.Of(values),
                }),
                Decisions = decisions,
            },
            cancellationToken);
        return 0;
    }
}
