namespace Governance.Registry.Access;

/// <summary>Who may do what: the table of rights, and how it is read. Pure; whatever it does not allow is denied.</summary>
public static class AccessPolicy
{
    // The table, one row a right. What a row leaves out is Never.
    private static readonly Dictionary<Right, Dictionary<Role, Allowance>> Table = new()
    {
        [Right.SeeModel] = new()
        {
            [Role.Developer] = Allowance.Granted,
            [Role.Reviewer] = Allowance.Granted,
            [Role.Approver] = Allowance.Granted,
            [Role.Auditor] = Allowance.All,
            [Role.Consumer] = Allowance.NameOnly,
            [Role.Operator] = Allowance.Granted,
            [Role.Administrator] = Allowance.NameOnly,
        },
        [Right.Register] = new() { [Role.Developer] = Allowance.Granted },
        [Right.RunAudit] = new()
        {
            [Role.Developer] = Allowance.Granted,
            [Role.Reviewer] = Allowance.Granted,
            [Role.Approver] = Allowance.Granted,
            [Role.Operator] = Allowance.Granted,
        },
        [Right.Predict] = new()
        {
            [Role.Developer] = Allowance.Budgeted,
            [Role.Reviewer] = Allowance.Budgeted,
            [Role.Consumer] = Allowance.Budgeted,
        },
        [Right.ExplainRow] = new()
        {
            [Role.Developer] = Allowance.Budgeted,
            [Role.Reviewer] = Allowance.Budgeted,
            [Role.Approver] = Allowance.Budgeted,
            [Role.Consumer] = Allowance.BudgetedByGrant,
        },
        [Right.SeeCoefficients] = new()
        {
            [Role.Developer] = Allowance.IfOwner,
            [Role.Reviewer] = Allowance.Granted,
        },
        [Right.SeePersonalRows] = new()
        {
            [Role.Developer] = Allowance.Masked,
            [Role.Reviewer] = Allowance.LoggedByGrant,
            [Role.Approver] = Allowance.Masked,
            [Role.Auditor] = Allowance.Masked,
        },
        [Right.Review] = new() { [Role.Reviewer] = Allowance.NotOwn },
        [Right.Approve] = new() { [Role.Approver] = Allowance.NotOwnNotReviewed },
        [Right.Suspend] = new() { [Role.Approver] = Allowance.Granted, [Role.Operator] = Allowance.Granted },
        [Right.Operate] = new() { [Role.Operator] = Allowance.Granted },
        [Right.DownloadArtifact] = new() { [Role.Approver] = Allowance.TwoPersons },
        [Right.SeeLedger] = new()
        {
            [Role.Developer] = Allowance.OwnModels,
            [Role.Reviewer] = Allowance.OwnModels,
            [Role.Approver] = Allowance.Granted,
            [Role.Auditor] = Allowance.All,
        },
        [Right.Administer] = new()
        {
            [Role.Approver] = Allowance.Propose,
            [Role.Consumer] = Allowance.OwnTokens,
            [Role.Administrator] = Allowance.SecondForLoosening,
        },
    };

    // "Administrators cannot approve, read explanations or rows": not by another role of theirs either, nor by break-glass.
    private static readonly EnumSet<Right> NeverAdministrators =
        EnumSet.Of(Right.Approve, Right.ExplainRow, Right.SeeCoefficients, Right.SeePersonalRows);

    /// <summary>Whether a right is closed to someone whatever else they hold: they are an administrator too.</summary>
    public static bool IsClosed(IReadOnlySet<Role> roles, Right right)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return roles.Contains(Role.Administrator) && NeverAdministrators.Contains(right);
    }

    /// <summary>What the table says where a role and a right meet.</summary>
    public static Allowance CellOf(Role role, Right right) => Table[right].GetValueOrDefault(role, Allowance.Never);

    /// <summary>Whether someone may use a right on a model, and by which role.</summary>
    /// <param name="roles">Every role that they hold.</param>
    /// <param name="right">What they want to do.</param>
    /// <param name="relation">How they stand to the model; for rights that concern no model, none.</param>
    /// <returns>
    /// Allowed with the strongest cell that allows it (unmasked before masked), or not. "Allowed" does not yet speak of
    /// budgets, of second persons or of who built what: those rules stand with their use cases.
    /// </returns>
    public static AccessDecision Decide(IReadOnlySet<Role> roles, Right right, ModelRelation relation)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (IsClosed(roles, right))
        {
            return AccessDecision.Denied;
        }

        AccessDecision? masked = null;
        foreach (Role role in roles.Order())
        {
            Allowance cell = CellOf(role, right);
            if (!Allows(role, cell, relation))
            {
                continue;
            }

            AccessDecision decision = new(true, role, cell);
            if (cell != Allowance.Masked)
            {
                return decision;
            }

            masked ??= decision;
        }

        return masked is not null ? masked
            : roles.Count > 0 && (relation.BreakGlass.Contains(right) || (right == Right.SeeModel && !relation.BreakGlass.IsEmpty))
            ? new AccessDecision(true, null, Allowance.BreakGlass)
            : AccessDecision.Denied;
    }

    /// <summary>How much of a model someone sees.</summary>
    public static ModelVisibility VisibilityOf(IReadOnlySet<Role> roles, ModelRelation relation)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (Decide(roles, Right.SeeModel, relation).Allowed)
        {
            return ModelVisibility.Full;
        }

        // An administrator knows the names of all, a consumer those of the models granted to them.
        return roles.Contains(Role.Administrator) || (roles.Contains(Role.Consumer) && relation.Granted)
            ? ModelVisibility.NameOnly
            : ModelVisibility.None;
    }

    /// <summary>Whether a cell lets its role use the right in this relation to the model.</summary>
    internal static bool Allows(Role role, Allowance cell, ModelRelation relation) => cell switch
    {
        Allowance.All => true,
        Allowance.Granted or Allowance.Budgeted or Allowance.NotOwn or Allowance.NotOwnNotReviewed
            or Allowance.OwnModels => relation.Granted,

        // Who sees all models (the auditor) sees the masked rows of all.
        Allowance.Masked => relation.Granted || CellOf(role, Right.SeeModel) == Allowance.All,
        Allowance.IfOwner => relation.Granted && relation.Owner,
        Allowance.BudgetedByGrant => relation.Granted && relation.ExplanationsByGrant,
        Allowance.LoggedByGrant => relation.Granted && relation.PersonalRowsByGrant,
        Allowance.SecondForLoosening => true,
        // A second person, a proposal or a token of one's own is a use case of its own, never this right by itself.
        Allowance.TwoPersons or Allowance.Propose or Allowance.OwnTokens => false,
        _ => false, // Never, NameOnly; BreakGlass is no cell
    };
}
