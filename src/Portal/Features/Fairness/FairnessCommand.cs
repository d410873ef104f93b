using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Fairness;

/// <summary><c>governance fairness F --label Y (--prediction P | --score S --threshold T) --protected A,B</c>.</summary>
internal static class FairnessCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Labelled predictions, as CSV with a header; with --model labelled rows." };

    private static readonly Option<string> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y", Required = true };

    private static readonly Option<string?> Prediction = new("--prediction") { Description = "The column with the predicted class.", HelpName = "P" };

    private static readonly Option<string?> Score = new("--score") { Description = "The column with the score of the positive class.", HelpName = "S" };

    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive class is predicted from this score on, inclusive.", "T");

    private static readonly Option<string?> Positive = new("--positive") { Description = "The class that TPR, FPR, PPV and scores refer to; by default 1, true or yes if exactly one of them occurs.", HelpName = "V" };

    private static readonly Option<string?> Favourable = new("--favourable") { Description = "The outcome that a person wants, which selection rates count; by default the positive class.", HelpName = "V" };

    private static readonly Option<string> Protected = new("--protected") { Description = "The protected columns, separated by commas.", HelpName = "A,B", Required = true };

    private static readonly Option<bool> Intersections = new("--intersections") { Description = "Measure every combination of the protected columns as well." };

    private static readonly Option<string[]> ReferenceGroup = new("--reference-group") { Description = "The group that the others of a column are compared with, once a column; without it each pair is compared.", HelpName = "A=v", DefaultValueFactory = _ => [] };

    private static readonly Option<string?> Control = new("--control") { Description = "Columns within whose levels everything is measured as well, separated by commas; tests pooled over the levels stand beside.", HelpName = "C" };

    private static readonly Option<string[]> Cohort = new("--cohort") { Description = "A part of the data that everything is measured within as well, such as \"young=age < 30\"; may be repeated.", HelpName = "NAME=CONDITION", DefaultValueFactory = _ => [] };

    private static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };

    private static readonly Option<string> Task = OneOf("--task", "What kind of predictions these are; score looks at a score alone.", "binary", "score", "multiclass", "regression");

    private static readonly Option<string> RelativeTo = OneOf("--relative-to", "What summaries compare: the extreme groups, or each group and all rows.", "groups", "overall");

    private static readonly Option<string> Interval = OneOf("--interval", "How intervals are made: in closed form (Wilson, Newcombe, Katz, DeLong), or by bootstrap, percentile or BCa.", "wilson", "bootstrap", "bca");

    private static readonly Option<int?> Bootstrap = new("--bootstrap") { Description = "How often rows are drawn anew, 1,000 by default; alone it asks for BCa intervals.", HelpName = "N" };

    private static readonly Option<double> Level = NumberOption.WithDefault("--level", "The confidence level of intervals.", 0.95);

    private static readonly Option<string> Correction = OneOf("--correction", "How p values are adjusted among the comparisons of one metric between the groups of one attribute.", "holm", "bh", "none");

    private static readonly Option<int> MinGroup = new("--min-group") { Description = "Groups of fewer rows are inconclusive: named in a warning, and left out of the second summary.", DefaultValueFactory = _ => 30 };

    private static readonly Option<int> MinEvents = new("--min-events") { Description = "Figures that count over fewer rows of a group are left out of the second summary.", DefaultValueFactory = _ => 10 };

    private static readonly Option<int> Neighbours = new("--neighbours") { Description = "How many nearest rows a decision is compared with for consistency; 0 leaves it out.", DefaultValueFactory = _ => 5, HelpName = "K" };

    private static readonly Option<bool> NoProxies = new("--no-proxies") { Description = "Do not search the other columns for how well they tell the protected ones." };

    private static readonly Option<string?> Model = new("--model") { Description = "The ONNX file: predictions are then its own unless a column holds them, and rows are scored again with each protected column changed.", HelpName = "MODEL" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "fairness", "Measure how decisions treat groups.", RunAsync,
        Data, Label, Prediction, Score, Threshold, Positive, Favourable, Protected, Intersections, ReferenceGroup, Control, Cohort, Weight,
        Task, RelativeTo, Interval, Bootstrap, Level, Correction, MinGroup, MinEvents, Neighbours, NoProxies, Model);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        DecisionColumns columns = new()
        {
            Label = arguments.GetValue(Label)!,
            Prediction = arguments.GetValue(Prediction),
            Score = arguments.GetValue(Score),
            Threshold = arguments.GetValue(Threshold),
            Weight = arguments.GetValue(Weight),
            Positive = arguments.GetValue(Positive),
            Favourable = arguments.GetValue(Favourable),
        };
        if (columns is { Prediction: not null, Threshold: not null })
        {
            throw new InputException("Give --prediction, or --score with --threshold, but not a threshold for predictions that are there.");
        }

        FairnessOptions options = Options(context);
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        using FairnessModel? model = arguments.GetValue(Model) is string path
            ? await FairnessModel.LoadAsync(context, path, table, columns, cancellationToken) : null;
        (table, columns) = model is null ? (table, columns) : await System.Threading.Tasks.Task.Run(() => model.Predict(table, columns, cancellationToken), cancellationToken);
        FairnessReport report = await System.Threading.Tasks.Task.Run(
            () => MeasureFairness.Run(table, columns, options, context.Warn, cancellationToken), cancellationToken);
        if (model is not null)
        {
            report = await System.Threading.Tasks.Task.Run(() => model.WithFlips(report, table, options, cancellationToken), cancellationToken);
        }

        FairnessTables.Write(context.People, report, options);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static FairnessOptions Options(CommandContext context)
    {
        ParseResult arguments = context.Arguments;
        int? resamples = arguments.GetValue(Bootstrap);
        return new FairnessOptions
        {
            Task = arguments.GetValue(Task) switch
            {
                "score" => FairnessTask.Score,
                "multiclass" => FairnessTask.Multiclass,
                "regression" => FairnessTask.Regression,
                _ => FairnessTask.Binary,
            },
            Protected = DataFile.Names(arguments.GetValue(Protected)),
            Intersections = arguments.GetValue(Intersections),
            ReferenceGroups = Pairs("--reference-group", "COLUMN=VALUE", arguments.GetValue(ReferenceGroup)!),
            Control = DataFile.Names(arguments.GetValue(Control)),
            Cohorts = Pairs("--cohort", "NAME=CONDITION", arguments.GetValue(Cohort)!),
            Level = arguments.GetValue(Level),
            MinGroup = arguments.GetValue(MinGroup),
            MinEvents = arguments.GetValue(MinEvents),
            Neighbours = arguments.GetValue(Neighbours),
            Proxies = !arguments.GetValue(NoProxies),
            RelativeTo = arguments.GetValue(RelativeTo) == "overall" ? Comparison.Overall : Comparison.Groups,
            Interval = arguments.GetValue(Interval) switch
            {
                "bootstrap" => FairnessInterval.Bootstrap,
                "bca" => FairnessInterval.Bca,
                _ => resamples is null ? FairnessInterval.Wilson : FairnessInterval.Bca,
            },
            Resamples = resamples ?? 1_000,
            Seed = context.Seed,
            Threads = context.Threads,
            Correction = arguments.GetValue(Correction) switch
            {
                "holm" => Audit.Fairness.Correction.Holm,
                "bh" => Audit.Fairness.Correction.BenjaminiHochberg,
                _ => Audit.Fairness.Correction.None,
            },
        };
    }

    private static Dictionary<string, string> Pairs(string flag, string form, string[] words)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (string word in words)
        {
            int sign = word.IndexOf('=');
            if (sign <= 0)
            {
                throw new InputException($"{flag} takes {form}, not '{word}'.");
            }

            if (!pairs.TryAdd(word[..sign], word[(sign + 1)..]))
            {
                throw new InputException($"{flag} names '{word[..sign]}' twice.");
            }
        }

        return pairs;
    }

    private static Option<string> OneOf(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
