using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;

namespace Governance.Audit.Theft.Attacks;

/// <summary>What each audience may ask of a model, by the table of rights; a thief is thought to have every grant.</summary>
internal static class Asks
{
    /// <summary>The kinds of question.</summary>
    public static IReadOnlySet<QueryKind> Of(Audience audience)
    {
        Role role = audience switch
        {
            Audience.Owner or Audience.Developer => Role.Developer,
            Audience.Reviewer => Role.Reviewer,
            Audience.Approver => Role.Approver,
            _ => Role.Consumer,
        };
        HashSet<QueryKind> kinds = [];
        if (AccessPolicy.CellOf(role, Right.Predict) != Allowance.Never)
        {
            kinds.Add(QueryKind.Predict);
        }

        if (AccessPolicy.CellOf(role, Right.ExplainRow) != Allowance.Never)
        {
            kinds.UnionWith([QueryKind.Explain, QueryKind.Counterfactual]);
        }

        return kinds;
    }
}
