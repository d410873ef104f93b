using System.CommandLine;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Drift;

/// <summary><c>governance monitor STREAM --detector D --column C</c>: watches a stream, row by row.</summary>
internal static class MonitorCommand
{
    private const int DefaultRunLength = 10_000;
    private const int Resamples = 400;
    private const int AlarmsShown = 50;
    private const int LearningValues = 30; // of cusum, page-hinkley and ddm

    private static readonly Argument<string> Stream = new("STREAM") { Description = "The stream, oldest row first." };
    private static readonly Option<string> Detector = new("--detector") { Description = "What watches. anytime and calibrated keep a budget of false alarms and need --reference.", Required = true };
    private static readonly Option<string?> Column = new("--column") { Description = "The column; needed where the stream has several.", HelpName = "C" };
    private static readonly Option<string?> ReferenceFile = new("--reference") { Description = "Rows of before, for anytime and calibrated.", HelpName = "F" };
    private static readonly Option<double?> RunLength = NumberOption.Optional("--run-length", "The budget of anytime and calibrated: rows before a false alarm, on average; 10,000 by default.", "N");
    private static readonly Option<double?> Delta = NumberOption.Optional("--delta", "The confidence of adwin; 0.002 by default.", "D");
    private static readonly Option<double?> Limit = NumberOption.Optional("--limit", "Where cusum (in standard deviations; 5) or page-hinkley (50) alarms.", "H");
    private static readonly Option<double?> Slack = NumberOption.Optional("--slack", "What cusum (in standard deviations; 0.5) or page-hinkley (0.005) overlooks.", "K");

    static MonitorCommand() => Detector.AcceptOnlyFromAmong("cusum", "page-hinkley", "adwin", "ddm", "anytime", "calibrated");

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "monitor", "Watch a stream for change, row by row.", RunAsync, Stream, Detector, Column, ReferenceFile, RunLength, Delta, Limit, Slack);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string named = context.Arguments.GetValue(Detector)!;
        CheckFlags(context.Arguments, named);
        Table stream = await DataFile.ReadAsync(context, context.Arguments.GetValue(Stream)!, cancellationToken);
        Column column = Chosen(stream, context.Arguments.GetValue(Column));
        double[] values = Numbers(stream, column);
        CheckEnough(context, named, column.Name, values.Count(double.IsFinite));
        IOnlineDetector detector = await MakeAsync(context, named, column.Name, values, cancellationToken);
        List<int> alarms = [];
        List<int> warnings = [];
        int missing = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
            {
                missing++;
                continue;
            }

            if (detector.Add(values[row]))
            {
                alarms.Add(row);
            }

            if (detector is Ddm { Warns: true })
            {
                warnings.Add(row);
            }
        }

        if (missing > 0)
        {
            context.Warn(new AuditWarning("missing-cells", $"{missing:N0} rows without a finite number in '{column.Name}' were passed over; rows are counted with them.", null, column.Name));
        }

        MonitorAnswer answer = new(
            named, column.Name, values.Length, missing, alarms, detector is Ddm ? warnings : null, (detector as SequentialThreshold)?.Promise, (detector as SequentialThreshold)?.Threshold);
        Tell(context.People, answer, stream);
        await context.WriteJsonAsync(answer, cancellationToken);
        return 0;
    }

    private static async Task<IOnlineDetector> MakeAsync(
        CommandContext context, string named, string column, double[] values, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        switch (named)
        {
            case "cusum":
                return new Cusum(slack: Above(arguments, Slack, 0.5), limit: Above(arguments, Limit, 5));
            case "page-hinkley":
                return new PageHinkley(slack: Above(arguments, Slack, 0.005), limit: Above(arguments, Limit, 50));
            case "adwin":
                return Above(arguments, Delta, 0.002) is < 1 and double delta ? new Adwin(delta) : throw new InputException("--delta lies between 0 and 1.");
            case "ddm":
                return values.All(value => double.IsNaN(value) || value is >= 0 and <= 1)
                    ? new Ddm()
                    : throw new InputException($"ddm watches errors: '{column}' must hold 0 for a right and 1 for a wrong prediction.") { Column = column };
            default:
                double length = arguments.GetValue(RunLength) ?? DefaultRunLength;
                if (!(length is > 1 and <= 100_000))
                {
                    throw new InputException("--run-length takes a number above 1 and up to 100,000.");
                }

                Table reference = await DataFile.ReadAsync(context, arguments.GetValue(ReferenceFile)!, cancellationToken);
                double[] before = [.. Numbers(reference, reference.Need(column)).Where(double.IsFinite)];
                return before.Length < 20 ? throw new InputException($"The reference has {before.Length} number{(before.Length == 1 ? "" : "s")} in '{column}'; {named} needs 20.") { Column = column }
                    : named == "anytime" ? SequentialThreshold.Anytime(before, length)
                    : await Task.Run(() => SequentialThreshold.Calibrated(before, length, Resamples, context.Seed), cancellationToken);
        }
    }

    private static double Above(ParseResult arguments, Option<double?> option, double otherwise) => arguments.GetValue(option) switch
    {
        null => otherwise,
        > 0 and double given => given,
        _ => throw new InputException($"{option.Name} takes a number above 0."),
    };

    private static void CheckFlags(ParseResult arguments, string named)
    {
        bool budgeted = named is "anytime" or "calibrated";
        (bool Given, bool Fits, string Flag)[] flags =
        [
            (arguments.GetValue(ReferenceFile) is not null, budgeted, "--reference"),
            (arguments.GetValue(RunLength) is not null, budgeted, "--run-length"),
            (arguments.GetValue(Delta) is not null, named == "adwin", "--delta"),
            (arguments.GetValue(Limit) is not null, named is "cusum" or "page-hinkley", "--limit"),
            (arguments.GetValue(Slack) is not null, named is "cusum" or "page-hinkley", "--slack"),
        ];
        if (flags.FirstOrDefault(flag => flag is { Given: true, Fits: false }).Flag is string stray)
        {
            throw new InputException($"{stray} does not belong to the detector {named}.");
        }

        if (budgeted && arguments.GetValue(ReferenceFile) is null)
        {
            throw new InputException($"The detector {named} needs rows of before: --reference F.");
        }
    }

    private static Column Chosen(Table stream, string? named) => named is not null ? stream.Need(named)
        : stream.Columns.Count == 1 ? stream.Columns[0]
        : throw new InputException($"The stream has {stream.Columns.Count} columns: name one with --column.");

    // Nothing watched is no quiet stream, and some detectors only learn from their first values.
    private static void CheckEnough(CommandContext context, string named, string column, int numbers)
    {
        if (numbers == 0)
        {
            throw new InputException($"No row of the stream has a number in '{column}': there is nothing to watch.") { Column = column };
        }

        if (named is "cusum" or "page-hinkley" or "ddm" && numbers < LearningValues)
        {
            context.Warn(new AuditWarning(
                "few-values", $"{named} learns from its first {LearningValues} values, and '{column}' has {numbers}: nothing could be seen.", null, column));
        }
    }

    // true and false count as 1 and 0: streams of errors are often written so.
    private static double[] Numbers(Table table, Column column)
    {
        double[] numbers = new double[column.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            double number = column.Number(row);
            numbers[row] = !double.IsNaN(number) || column.Text(row) is not string text ? number
                : bool.TryParse(text, out bool truth) ? truth ? 1 : 0
                : throw new InputException($"{table.Place(row)}: the column '{column.Name}' holds '{text}', which is no number.") { Column = column.Name };
        }

        return numbers;
    }

    private static void Tell(TextWriter people, MonitorAnswer answer, Table stream)
    {
        foreach (int alarm in answer.Alarms.Take(AlarmsShown))
        {
            people.WriteLine($"  alarm at {stream.Place(alarm)}, index {alarm.ToString(CultureInfo.InvariantCulture)}");
        }

        if (answer.Alarms.Count > AlarmsShown)
        {
            people.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … {answer.Alarms.Count - AlarmsShown:N0} more; the JSON has all."));
        }

        people.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{answer.Detector} on '{answer.Column}': {answer.Alarms.Count:N0} alarm{(answer.Alarms.Count == 1 ? "" : "s")} in {answer.Count:N0} row{(answer.Count == 1 ? "" : "s")}{(answer.Promise is null ? "" : $"; {answer.Promise}")}."));
    }

    /// <summary>The answer's JSON body.</summary>
    private sealed record MonitorAnswer(
        string Detector, string Column, int Count, int Missing, IReadOnlyList<int> Alarms, IReadOnlyList<int>? Warned, string? Promise, double? Threshold);
}
