import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's own parameters, which are OWASP's. */
export const hashPassword = (password: string): Promise<string> => hash(password);

let nobodys: Promise<string> | undefined;

/** Whether it is the password. An account that has none, or is not there, takes as long to say no. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodys ??= hash('nobody has this password');
  const isRight = await verify(passwordHash ?? (await nobodys), password);
  return isRight && passwordHash !== null;
}
