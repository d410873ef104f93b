using System.Text;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Accounts;

/// <summary>Reads a password that must not stand in an argument, where every process of the machine can read it.</summary>
internal static class PasswordPrompt
{
    /// <summary>Asks at a terminal without showing what is typed; else takes the first line of standard input.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string Read(TextReader input, TextWriter prompt)
    {
        string? password = Console.IsInputRedirected ? input.ReadLine() : Ask(prompt);
        return string.IsNullOrEmpty(password)
            ? throw new InputException("There is no password: type one, or give it as the first line of standard input.")
            : password;
    }

    private static string Ask(TextWriter prompt)
    {
        prompt.Write("Password: ");
        StringBuilder typed = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    prompt.WriteLine();
                    return typed.ToString();
                case ConsoleKey.Backspace:
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                default:
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
