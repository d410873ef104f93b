using Governance.Registry.Access;

namespace Governance.Registry.Retention;

/// <summary>When something may be erased, and who may say so. Pure.</summary>
public static class RetentionPolicy
{
    /// <summary>The first moment at which it may be erased; null for never, or while it is in use.</summary>
    /// <param name="kept">Its class.</param>
    /// <param name="retiredAt">When it was retired; null while it is in use.</param>
    public static DateTimeOffset? DueAt(RetentionClass kept, DateTimeOffset? retiredAt)
    {
        ArgumentNullException.ThrowIfNull(kept);

        // 29 February and N years are 28 February; a day early would be a day too few, so it is the day after.
        return kept.Years is not int years || retiredAt is not DateTimeOffset at ? null
            : at is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(at.Year + years) ? at.AddYears(years).AddDays(1)
            : at.AddYears(years);
    }

    /// <summary>Why a person may not place or release a hold, or null when they may.</summary>
    /// <remarks>Approvers and operators of a model; for a data set, which nobody is granted, of the portal.</remarks>
    public static Refusal? RefusalForHold(Person? person, ModelRelation relation, RetainedKind kind) =>
        person is null || Has(person, kind, relation, Right.Suspend)
            ? null
            : new Refusal("no-right", "Only a compliance approver or an operator places and releases a legal hold.");

    /// <summary>Why a person may not choose a class, retire a data set or run the erasing, or null when they may.</summary>
    public static Refusal? RefusalForChoice(Person? person, ModelRelation relation, RetainedKind kind) =>
        person is null || Has(person, kind, relation, Right.Operate)
            ? null
            : new Refusal("no-right", "Only an operator chooses how long something is kept.");

    private static bool Has(Person person, RetainedKind kind, ModelRelation relation, Right right) => AccessPolicy.Decide(
        person.Roles, right, kind == RetainedKind.Dataset ? new ModelRelation(Granted: true) : relation).Allowed;
}
