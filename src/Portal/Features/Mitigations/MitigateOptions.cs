using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Mitigation;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Mitigations;

/// <summary>The flags of <c>governance mitigate</c> and what they ask for.</summary>
internal static class MitigateOptions
{
    public static readonly Option<string> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y", Required = true };

    public static readonly Option<string> Score = new("--score") { Description = "The column with the score of the positive class.", HelpName = "S", Required = true };

    public static readonly Option<double> Threshold = NumberOption.WithDefault("--threshold", "The positive class is predicted from this score on (inclusive) now, and where no group's rule applies.", 0.5);

    public static readonly Option<string?> Positive = new("--positive") { Description = "The class that scores refer to; by default 1, true or yes if exactly one of them occurs.", HelpName = "V" };

    public static readonly Option<string?> Favourable = new("--favourable") { Description = "The outcome that a person wants; by default the positive class.", HelpName = "V" };

    public static readonly Option<string> Protected = new("--protected") { Description = "The protected column; several, separated by commas, are crossed.", HelpName = "A", Required = true };

    public static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };

    public static readonly Option<string> Method = new("--method") { Description = "Thresholds of each group, weights for the next training, or a band around the threshold.", Required = true };

    public static readonly Option<string> Constraint = new("--constraint") { Description = "What shall be alike between groups.", DefaultValueFactory = _ => MitigationWords.AllConstraints[0] };

    public static readonly Option<string> Objective = new("--objective") { Description = "What shall be large.", DefaultValueFactory = _ => "accuracy" };

    public static readonly Option<string?> Cost = new("--cost") { Description = "What wrong decisions cost, for the objective cost; 1 each by default.", HelpName = "fp=,fn=" };

    public static readonly Option<string> Decisions = new("--decisions") { Description = "Whether chance may decide some rows, or each group has one threshold.", DefaultValueFactory = _ => "randomised" };

    public static readonly Option<double?> Tolerance = NumberOption.Optional("--tolerance", "How far the constrained rates may be apart; by default 0, for single thresholds 0.01, for a band 0.05.", "D");

    public static readonly Option<bool> Flip = new("--flip") { Description = "Thresholds may be turned round, so that low scores of a group are predicted positive." };

    public static readonly Option<int> Grid = new("--grid") { Description = "Into how many steps the search cuts a rate or a margin.", DefaultValueFactory = _ => 1_000 };

    public static readonly Option<string?> Favoured = new("--favoured") { Description = "Reject band: the groups that are not helped, separated by commas; by default those whose favourable rate is not below that of all rows.", HelpName = "v,w" };

    public static readonly Option<string?> Features = new("--features") { Description = "Reweighing: the columns of a logistic model that is trained with and without the weights, to show what they do.", HelpName = "a,b" };

    public static readonly Option<double> HoldoutShare = NumberOption.WithDefault("--holdout-share", "The share of each group's rows that is kept for judging where there is no --holdout.", 0.3);

    public static readonly Option<double> Level = NumberOption.WithDefault("--level", "The confidence level of intervals.", 0.95);

    public static readonly Option<int> MinGroup = new("--min-group") { Description = "Groups of fewer rows keep the common threshold.", DefaultValueFactory = _ => 30 };

    public static readonly Option<int> Frontier = new("--frontier") { Description = "How many points of the trade between fairness and the objective are told; 0 for none.", DefaultValueFactory = _ => 21 };

    static MitigateOptions()
    {
        Method.AcceptOnlyFromAmong("threshold", "reweigh", "reject-band");
        Constraint.AcceptOnlyFromAmong([.. MitigationWords.AllConstraints]);
        Objective.AcceptOnlyFromAmong("accuracy", "balanced", "cost");
        Decisions.AcceptOnlyFromAmong("randomised", "deterministic");
    }

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Symbol> All { get; } =
    [
        Label, Score, Threshold, Positive, Favourable, Protected, Weight, Method, Constraint, Objective, Cost, Decisions, Tolerance, Flip, Grid,
        Favoured, Features, HoldoutShare, Level, MinGroup, Frontier,
    ];

    /// <summary>Which columns of the data hold what.</summary>
    public static DecisionColumns Columns(ParseResult arguments) => new()
    {
        Label = arguments.GetValue(Label)!,
        Score = arguments.GetValue(Score),
        Threshold = arguments.GetValue(Threshold),
        Positive = arguments.GetValue(Positive),
        Favourable = arguments.GetValue(Favourable),
        Weight = arguments.GetValue(Weight),
    };

    /// <summary>What shall be done.</summary>
    /// <exception cref="InputException">Flags that do not go together.</exception>
    public static MitigationOptions Read(ParseResult arguments, int seed)
    {
        MitigationMethod method = MitigationWords.MethodOf(arguments.GetValue(Method))!.Value;
        MitigationOptions options = new()
        {
            Method = method,
            Constraint = MitigationWords.ConstraintOf(arguments.GetValue(Constraint))!.Value,
            Objective = MitigationWords.ObjectiveOf(arguments.GetValue(Objective))!.Value,
            Costs = Costs(arguments.GetValue(Cost)),
            Randomised = arguments.GetValue(Decisions) == "randomised",
            Tolerance = arguments.GetValue(Tolerance),
            Inverted = arguments.GetValue(Flip),
            Grid = arguments.GetValue(Grid),
            Favoured = arguments.GetValue(Favoured) is string favoured ? DataFile.Names(favoured) : null,
            Features = DataFile.Names(arguments.GetValue(Features)),
            HoldoutShare = arguments.GetValue(HoldoutShare),
            Level = arguments.GetValue(Level),
            MinGroup = arguments.GetValue(MinGroup),
            FrontierPoints = arguments.GetValue(Frontier),
            Seed = seed,
        };
        return options switch
        {
            { Favoured: not null, Method: not MitigationMethod.RejectBand } => throw new InputException("--favoured belongs to --method reject-band."),
            { Features.Count: > 0, Method: not MitigationMethod.Reweigh } => throw new InputException("--features belongs to --method reweigh."),
            { Inverted: true, Method: not MitigationMethod.Threshold } => throw new InputException("--flip belongs to --method threshold."),
            { Objective: not MitigationObjective.Cost } when arguments.GetValue(Cost) is not null => throw new InputException("--cost belongs to --objective cost."),
            _ => options,
        };
    }

    private static ErrorCosts Costs(string? words)
    {
        if (words is null)
        {
            return ErrorCosts.Equal;
        }

        Dictionary<string, double> given = [];
        foreach (string[] pair in words.Split(',').Select(word => word.Split('=')))
        {
            if (pair.Length != 2 || !PlainDecimal.TryParse(pair[1], out double cost) || !given.TryAdd(pair[0].Trim(), cost))
            {
                given.Clear();
                break;
            }
        }

        return given.Count == 2 && given.TryGetValue("fp", out double falsePositive) && given.TryGetValue("fn", out double falseNegative)
            ? new ErrorCosts(falsePositive, falseNegative)
            : throw new InputException($"--cost takes fp=NUMBER,fn=NUMBER, not '{words}'.");
    }
}
