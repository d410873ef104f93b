using Microsoft.AspNetCore.Identity;

namespace Governance.Registry.Access;

/// <summary>An account of a person or a program. Identity keeps sign-in matters in it; the rest of the product knows only <see cref="Person"/>.</summary>
/// <remarks>Mutable and not sealed against Identity's stores, which set its properties.</remarks>
public sealed class GovernanceUser : IdentityUser<Guid>
{
    /// <summary>The longest display name, in UTF-16 code units.</summary>
    public const int MaxDisplayNameLength = 100;

    /// <summary>The name that pages show, such as "S. Ibáñez".</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>A deactivated account keeps its history and may do nothing.</summary>
    public bool Deactivated { get; set; }

    /// <summary>A person's account unless it says otherwise; never changed after it was made.</summary>
    public AccountKind Kind { get; set; }

    /// <summary>The person who answers for a service account; null for a person's own.</summary>
    public UserId? Owner { get; set; }

    /// <summary>The id in our words.</summary>
    public UserId Person => new(Id);
}

/// <summary>A person as the rules see them.</summary>
/// <param name="Id">Who.</param>
/// <param name="DisplayName">The name that pages show.</param>
/// <param name="Roles">Every role they hold; none if the account is deactivated.</param>
public sealed record Person(UserId Id, string DisplayName, IReadOnlySet<Role> Roles);
