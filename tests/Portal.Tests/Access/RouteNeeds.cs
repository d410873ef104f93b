using Governance.Registry.Access;

namespace Governance.Portal.Tests.Access;

/// <summary>What a route or an action of a page asks of whoever comes.</summary>
public abstract record RouteNeeds
{
    private RouteNeeds()
    {
    }

    /// <summary>Nothing: a visitor without a session may come. A new one is a decision.</summary>
    public sealed record Nobody : RouteNeeds;

    /// <summary>A session; what it shows or changes is one's own, or is judged by what the request names.</summary>
    public sealed record Session : RouteNeeds;

    /// <summary>A session or token; query or body name what is asked for, and the tests of the protocol ask each role.</summary>
    public sealed record Asked : RouteNeeds;

    /// <summary>A role that could use one of these rights somewhere; no model is in the address.</summary>
    public sealed record Somewhere(params Right[] AnyOf) : RouteNeeds;

    /// <summary>That the model of the address exists for the person, if only by name.</summary>
    public sealed record KnowsName : RouteNeeds;

    /// <summary>One of these rights, on the model of the address; where the model does not exist for the person: 404.</summary>
    public sealed record OnModel(params Right[] AnyOf) : RouteNeeds;

    /// <summary>One of the roles; for what the table gives to none alone (two persons).</summary>
    public sealed record OneOf(params Role[] Roles) : RouteNeeds;
}
