using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Ensembles;

/// <summary>The tokens that stand for "not known" in the inputs of an ensemble.</summary>
/// <remarks>
/// A member that names none reads the same lines of tokens, so the token of those who name one is the ensemble's. Where two name
/// different ones, no token means "not known" to both, and the ensemble names none.
/// </remarks>
internal static class SharedMasks
{
    /// <summary>By the shared input's name; inputs without such a token are not there.</summary>
    /// <param name="members">Members that agree on their inputs.</param>
    /// <param name="inputs">What they read.</param>
    /// <param name="warn">Told where tokens differ.</param>
    public static IReadOnlyDictionary<string, CellRule> Of(IReadOnlyList<MemberReading> members, SharedInputs inputs, Action<AuditWarning> warn)
    {
        Dictionary<string, CellRule> masks = new(StringComparer.Ordinal);
        foreach (string shared in inputs.Names)
        {
            CellRule[] named =
            [
                .. members.Select(member => member.Member.Encoding?.Inputs
                        .FirstOrDefault(input => input.Name == inputs.For(member).First(pair => pair.Shared == shared).Own)?.Mask)
                    .OfType<CellRule>().Distinct(),
            ];
            if (named.Length == 1)
            {
                masks[shared] = named[0];
            }
            else if (named.Length > 1)
            {
                warn(new AuditWarning(
                    "masks-differ", $"The members name different tokens for 'not known' in the input '{shared}'; the ensemble names none, so an explanation by masked tokens has to name one by its id."));
            }
        }

        return masks;
    }
}
