using Governance.Registry.Access;

namespace Governance.Registry.Policies;

/// <summary>Who may do what about policies: administrators, and those who may propose. Read from the table of rights.</summary>
public static class PolicyRights
{
    /// <summary>Whether someone adopts packs by themself.</summary>
    public static bool MayAdopt(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return AccessPolicy.Decide(person.Roles, Right.Administer, default).Allowed;
    }

    /// <summary>Whether someone puts packs on record and proposes that they count.</summary>
    public static bool MayPropose(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return MayAdopt(person) || person.Roles.Any(role => AccessPolicy.CellOf(role, Right.Administer) == Allowance.Propose);
    }
}
