namespace Governance.Registry.Access;

/// <summary>Who stands behind an account.</summary>
public enum AccountKind
{
    /// <summary>A human being, who signs in.</summary>
    Person,

    /// <summary>A program: it never signs in, bears tokens, and has a person who answers for it.</summary>
    Service,
}
